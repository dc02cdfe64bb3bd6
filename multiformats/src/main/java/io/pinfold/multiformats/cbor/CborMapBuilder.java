package io.pinfold.multiformats.cbor;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.cbor.CborValue.CborBool;
import io.pinfold.multiformats.cbor.CborValue.CborBytes;
import io.pinfold.multiformats.cbor.CborValue.CborInt;
import io.pinfold.multiformats.cbor.CborValue.CborLink;
import io.pinfold.multiformats.cbor.CborValue.CborList;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.CborValue.CborText;
import java.util.LinkedHashMap;
import java.util.List;

/** Collects the entries of a {@link CborMap}, in any order. A key given twice is a bug and throws. */
public final class CborMapBuilder {

    private final LinkedHashMap<String, CborValue> entries = new LinkedHashMap<>();

    CborMapBuilder() {}

    /** Adds any value. */
    public CborMapBuilder put(String key, CborValue value) {
        if (entries.putIfAbsent(key, value) != null) {
            throw new IllegalArgumentException("key given twice: " + key);
        }
        return this;
    }

    /** Adds an integer. */
    public CborMapBuilder put(String key, long value) {
        return put(key, new CborInt(value));
    }

    /** Adds a text. */
    public CborMapBuilder put(String key, String value) {
        return put(key, new CborText(value));
    }

    /** Adds a byte string. */
    public CborMapBuilder put(String key, Bytes value) {
        return put(key, new CborBytes(value));
    }

    /** Adds a link. */
    public CborMapBuilder put(String key, Cid value) {
        return put(key, new CborLink(value));
    }

    /** Adds a truth value. */
    public CborMapBuilder put(String key, boolean value) {
        return put(key, new CborBool(value));
    }

    /** Adds a list. */
    public CborMapBuilder put(String key, List<? extends CborValue> value) {
        return put(key, new CborList(List.copyOf(value)));
    }

    /** The map. */
    public CborMap build() {
        return new CborMap(entries);
    }
}
