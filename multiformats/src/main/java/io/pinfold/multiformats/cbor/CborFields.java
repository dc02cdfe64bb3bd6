package io.pinfold.multiformats.cbor;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.cbor.CborValue.CborBool;
import io.pinfold.multiformats.cbor.CborValue.CborBytes;
import io.pinfold.multiformats.cbor.CborValue.CborInt;
import io.pinfold.multiformats.cbor.CborValue.CborLink;
import io.pinfold.multiformats.cbor.CborValue.CborList;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.CborValue.CborText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Typed access to the fields of one map, which refuses fields that are missing, of the wrong type, out of bounds, or
 * unknown (never asked for).
 *
 * <p>For example {@code CborFields.read("head", value, in -> new Head(in.link("cid"), in.number("height", 1, MAX)))}.
 */
public final class CborFields {

    private final String what;
    private final CborMap map;
    private final Set<String> asked = new HashSet<>();

    private CborFields(String what, CborMap map) {
        this.what = what;
        this.map = map;
    }

    /** Makes a thing of the fields of a map. */
    @FunctionalInterface
    public interface FieldsReader<T> {
        /** The thing. */
        T read(CborFields in) throws RefusalException;
    }

    /** Makes a thing of one item of a list. */
    @FunctionalInterface
    public interface ItemReader<T> {
        /** The thing. */
        T read(CborValue item) throws RefusalException;
    }

    /** What {@code reader} makes of the map {@code value}, which is called {@code what} in refusals. */
    public static <T> Decoded<T> read(String what, CborValue value, FieldsReader<T> reader) {
        return Decoded.attempt(() -> {
            CborFields in = new CborFields(what, as(CborMap.class, what, value));
            T thing = reader.read(in);
            for (String key : in.map.entries().keySet()) {
                if (!in.asked.contains(key)) {
                    throw in.refuse(Kind.UNSUPPORTED, "has an unknown field \"" + excerpt(key) + '"');
                }
            }
            return thing;
        });
    }

    /** Whether there is a field {@code key}; does not count as asking for it. */
    public boolean has(String key) {
        return map.entries().containsKey(key);
    }

    /** The required value {@code key}. */
    public CborValue value(String key) throws RefusalException {
        return required(key, optionalValue(key));
    }

    /** The value {@code key}, if it is there. */
    public Optional<CborValue> optionalValue(String key) {
        asked.add(key);
        return Optional.ofNullable(map.entries().get(key));
    }

    /** The required integer {@code key} from {@code min} to {@code max}. */
    public long number(String key, long min, long max) throws RefusalException {
        OptionalLong number = optionalNumber(key, min, max);
        return number.isPresent() ? number.getAsLong() : required(key, Optional.<Long>empty());
    }

    /** The integer {@code key} from {@code min} to {@code max}, if it is there. */
    public OptionalLong optionalNumber(String key, long min, long max) throws RefusalException {
        Optional<CborInt> found = optional(key, CborInt.class);
        if (found.isEmpty()) {
            return OptionalLong.empty();
        }
        long number = found.get().value();
        if (number < min || number > max) {
            throw refuse(Kind.OVERFLOW, "has " + key + " = " + number + ", allowed are " + min + " to " + max);
        }
        return OptionalLong.of(number);
    }

    /** The required truth value {@code key}. */
    public boolean flag(String key) throws RefusalException {
        return required(key, optional(key, CborBool.class)).value();
    }

    /** The truth value {@code key}, if it is there. */
    public Optional<Boolean> optionalFlag(String key) throws RefusalException {
        return optional(key, CborBool.class).map(CborBool::value);
    }

    /** The required text {@code key} of at most {@code maxBytes} bytes in UTF-8. */
    public String text(String key, int maxBytes) throws RefusalException {
        return required(key, optionalText(key, maxBytes));
    }

    /** The text {@code key} of at most {@code maxBytes} bytes in UTF-8, if it is there. */
    public Optional<String> optionalText(String key, int maxBytes) throws RefusalException {
        Optional<CborText> found = optional(key, CborText.class);
        if (found.isPresent()) {
            checkSize(key, found.get().sizeInUtf8(), maxBytes);
        }
        return found.map(CborText::value);
    }

    /** The required byte string {@code key} of at most {@code maxBytes} bytes. */
    public Bytes bytes(String key, int maxBytes) throws RefusalException {
        return required(key, optionalBytes(key, maxBytes));
    }

    /** The byte string {@code key} of at most {@code maxBytes} bytes, if it is there. */
    public Optional<Bytes> optionalBytes(String key, int maxBytes) throws RefusalException {
        Optional<CborBytes> found = optional(key, CborBytes.class);
        if (found.isPresent()) {
            checkSize(key, found.get().value().size(), maxBytes);
        }
        return found.map(CborBytes::value);
    }

    /** The required link {@code key}. */
    public Cid link(String key) throws RefusalException {
        return required(key, optionalLink(key));
    }

    /** The link {@code key}, if it is there. */
    public Optional<Cid> optionalLink(String key) throws RefusalException {
        return optional(key, CborLink.class).map(CborLink::cid);
    }

    /** The required list {@code key} of at most {@code maxItems} items, each made by {@code reader}. */
    public <T> List<T> list(String key, int maxItems, ItemReader<T> reader) throws RefusalException {
        return required(key, optionalList(key, maxItems, reader));
    }

    /** The list {@code key} of at most {@code maxItems} items, each made by {@code reader}, if it is there. */
    public <T> Optional<List<T>> optionalList(String key, int maxItems, ItemReader<T> reader) throws RefusalException {
        Optional<CborList> found = optional(key, CborList.class);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<CborValue> items = found.get().items();
        if (items.size() > maxItems) {
            throw refuse(Kind.TOO_MANY,
                    "has " + items.size() + " items in " + key + ", at most " + maxItems + " allowed");
        }
        List<T> things = new ArrayList<>(items.size());
        for (CborValue item : items) {
            things.add(reader.read(item));
        }
        return Optional.of(List.copyOf(things));
    }

    /** The required map {@code key}, made a thing of by {@code reader}. */
    public <T> T map(String key, FieldsReader<T> reader) throws RefusalException {
        return read(what + "." + key, value(key), reader).orRefuse();
    }

    /** The map {@code key}, made a thing of by {@code reader}, if it is there. */
    public <T> Optional<T> optionalMap(String key, FieldsReader<T> reader) throws RefusalException {
        return has(key) ? Optional.of(map(key, reader)) : Optional.empty();
    }

    /** The keys of all fields, in canonical order, for maps whose keys are data; all then count as asked for. */
    public List<String> keys() {
        asked.addAll(map.entries().keySet());
        return List.copyOf(map.entries().keySet());
    }

    /** A refusal of the whole map, to be thrown, that says {@code what} before {@code detail}. */
    public RefusalException refuse(Kind kind, String detail) {
        return new RefusalException(kind, what + ' ' + detail);
    }

    /** {@code value} as a value of {@code type}; a refusal calls it {@code what}. */
    public static <V extends CborValue> V as(Class<V> type, String what, CborValue value) throws RefusalException {
        if (!type.isInstance(value)) {
            throw new RefusalException(Kind.WRONG_TYPE,
                    what + " is " + nameOf(value.getClass()) + ", not " + nameOf(type));
        }
        return type.cast(value);
    }

    private <V extends CborValue> Optional<V> optional(String key, Class<V> type) throws RefusalException {
        Optional<CborValue> found = optionalValue(key);
        return found.isEmpty() ? Optional.empty() : Optional.of(as(type, what + '.' + key, found.get()));
    }

    private <T> T required(String key, Optional<T> found) throws RefusalException {
        return found.orElseThrow(() -> refuse(Kind.MALFORMED, "has no field \"" + key + '"'));
    }

    private void checkSize(String key, int size, int max) throws RefusalException {
        if (size > max) {
            throw refuse(Kind.TOO_LONG, "has " + size + " bytes in " + key + ", at most " + max + " allowed");
        }
    }

    private static String nameOf(Class<?> type) {
        return type.getSimpleName().substring("Cbor".length()).toLowerCase(Locale.ROOT);
    }

    private static String excerpt(String key) {
        return key.length() <= 64 ? key : key.substring(0, 64) + "…";
    }
}
