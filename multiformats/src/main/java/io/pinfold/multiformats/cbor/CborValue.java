package io.pinfold.multiformats.cbor;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** A value of the IPLD data model. */
public sealed interface CborValue {

    /** An integer of 64 bits. */
    record CborInt(long value) implements CborValue {}

    /** A byte string. */
    record CborBytes(Bytes value) implements CborValue {}

    /** A text of Unicode characters. */
    record CborText(String value) implements CborValue {

        /**
         * Checks that UTF-8 can write the text.
         *
         * @throws IllegalArgumentException if half of a surrogate pair stands alone
         */
        public CborText {
            KeyOrder.requireWellFormed(value);
        }

        /** Number of bytes in UTF-8. */
        public int sizeInUtf8() {
            return value.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /** A list of values. */
    record CborList(List<CborValue> items) implements CborValue {

        /** Copies the list. */
        public CborList {
            items = List.copyOf(items);
        }

        /** The list of {@code items}. */
        public static CborList of(CborValue... items) {
            return new CborList(List.of(items));
        }
    }

    /** A map from text to values; its entries iterate in canonical order, whatever the order they were given in. */
    record CborMap(SequencedMap<String, CborValue> entries) implements CborValue {

        /**
         * Copies the entries into canonical order: shorter keys first, keys of one length by their bytes in UTF-8.
         *
         * @throws IllegalArgumentException if a key has half of a surrogate pair alone
         */
        public CborMap {
            Map<String, CborValue> ordered = entries;
            if (!KeyOrder.isOrdered(entries.keySet())) {
                ordered = new TreeMap<>(KeyOrder.INSTANCE);
                ordered.putAll(entries);
            }
            entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(ordered));
        }

        /** The map with {@code entries}. */
        public static CborMap of(Map<String, ? extends CborValue> entries) {
            return new CborMap(new LinkedHashMap<>(entries));
        }

        /** A builder without entries. */
        public static CborMapBuilder builder() {
            return new CborMapBuilder();
        }
    }

    /** A link to another block. */
    record CborLink(Cid cid) implements CborValue {}

    /** A truth value. */
    record CborBool(boolean value) implements CborValue {}

    /** The null value. */
    record CborNull() implements CborValue {}

    /** A number of 64 bits in IEEE 754. */
    record CborFloat(double value) implements CborValue {

        /**
         * Checks that the data model has the number.
         *
         * @throws IllegalArgumentException if it is infinite or not a number
         */
        public CborFloat {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("DAG-CBOR has no " + value);
            }
        }
    }
}
