package io.pinfold.multiformats.cbor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;

/** The canonical order of map keys: shorter UTF-8 first, then the unsigned order of its bytes. */
final class KeyOrder implements Comparator<String> {

    static final KeyOrder INSTANCE = new KeyOrder();

    private KeyOrder() {}

    @Override
    public int compare(String left, String right) {
        if (isAscii(left) && isAscii(right)) {
            return left.length() == right.length()
                    ? left.compareTo(right)
                    : Integer.compare(left.length(), right.length());
        }
        byte[] a = left.getBytes(StandardCharsets.UTF_8);
        byte[] b = right.getBytes(StandardCharsets.UTF_8);
        return a.length == b.length ? Arrays.compareUnsigned(a, b) : Integer.compare(a.length, b.length);
    }

    /** Whether each of {@code keys} comes after the one before it; checks that they are well-formed. */
    static boolean isOrdered(Collection<String> keys) {
        String previous = null;
        boolean ordered = true;
        for (String key : keys) {
            requireWellFormed(key);
            ordered &= previous == null || INSTANCE.compare(previous, key) < 0;
            previous = key;
        }
        return ordered;
    }

    static void requireWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (Character.isLowSurrogate(text.charAt(i)) || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new IllegalArgumentException("text has half of a surrogate pair at " + i);
                }
                i++;
            }
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
