package io.pinfold.chain.store.pins;

import io.pinfold.multiformats.ByteReader;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.RefusalException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads what {@link FieldWriter} writes; every length and count is compared with its bound before it is believed. */
final class FieldReader {

    /** Greater than any peer id. */
    private static final int MAX_ITEM_BYTES = 128;

    private final ByteReader in;

    /** A step that may also fail on a record's own bounds. */
    @FunctionalInterface
    interface Step<T> {
        T run() throws RefusalException;
    }

    FieldReader(ByteReader in) {
        this.in = in;
    }

    int number(int max) throws RefusalException {
        return (int) longNumber(max);
    }

    long longNumber(long max) throws RefusalException {
        long value = in.readVarint();
        if (value > max) {
            throw new RefusalException(Refusal.Kind.OVERFLOW, "number is " + value + ", at most " + max + " allowed");
        }
        return value;
    }

    Bytes bytes(int max) throws RefusalException {
        return in.readPrefixed(max);
    }

    String text(int maxBytes) throws RefusalException {
        ByteBuffer utf8 = in.readPrefixed(maxBytes).toBuffer();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw new RefusalException(Refusal.Kind.MALFORMED, "text is not UTF-8");
        }
    }

    <T> List<T> list(boolean present, int max, Function<Bytes, Decoded<T>> decode) throws RefusalException {
        return list(present, max, MAX_ITEM_BYTES, decode);
    }

    <T> List<T> list(boolean present, int max, int maxItemBytes, Function<Bytes, Decoded<T>> decode)
            throws RefusalException {
        List<T> items = new ArrayList<>();
        for (int left = present ? count(max) : 0; left > 0; left--) {
            items.add(decode.apply(in.readPrefixed(maxItemBytes)).orRefuse());
        }
        return items;
    }

    SortedMap<String, String> texts(boolean present, int max, int maxBytes) throws RefusalException {
        SortedMap<String, String> texts = new TreeMap<>();
        for (int left = present ? count(max) : 0; left > 0; left--) {
            String key = text(maxBytes);
            if (!texts.isEmpty() && texts.lastKey().compareTo(key) >= 0) {
                throw new RefusalException(Refusal.Kind.NOT_CANONICAL, "keys are not ascending");
            }
            texts.put(key, text(maxBytes));
        }
        return texts;
    }

    /** What {@code step} returns; a bound that a record finds broken is a refusal. */
    <T> T checked(Step<T> step) throws RefusalException {
        try {
            return step.run();
        } catch (IllegalArgumentException e) {
            throw new RefusalException(Refusal.Kind.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    void expectEnd() throws RefusalException {
        in.expectEnd();
    }

    private int count(int max) throws RefusalException {
        long count = in.readVarint();
        if (count > max) {
            throw new RefusalException(Refusal.Kind.TOO_MANY, count + " items, at most " + max + " allowed");
        }
        return (int) count;
    }
}
