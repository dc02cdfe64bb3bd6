package io.pinfold.ipfsnode.gateway;

import io.pinfold.ipfsnode.unixfs.read.EntityBlocks;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.util.OptionalLong;

/**
 * A part of a file, as {@code entity-bytes} says it; negative numbers count from the file's end.
 *
 * @param from the first byte
 * @param to the last byte, the file's end if absent
 */
public record ByteSpan(long from, OptionalLong to) implements EntityBlocks.Part {

    /** The whole of a file. */
    public static final ByteSpan WHOLE = new ByteSpan(0, OptionalLong.empty());

    private static final String NUMBER = "-?[0-9]{1,19}";

    /** The part that {@code text} spells: two numbers with a colon between, {@code *} in place of the second for the end. */
    public static Decoded<ByteSpan> parse(String text) {
        int colon = text.indexOf(':');
        String first = colon < 0 ? "" : text.substring(0, colon);
        String last = text.substring(colon + 1);
        if (!first.matches(NUMBER) || !(last.equals("*") || last.matches(NUMBER))) {
            return Decoded.refused(Refusal.Kind.MALFORMED, "two numbers with a colon between, or * for the second");
        }
        try {
            long from = Long.parseLong(first);
            OptionalLong to = last.equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(last));
            return to.isPresent() && from < 0 == to.getAsLong() < 0 && from > to.getAsLong()
                    ? Decoded.refused(Refusal.Kind.MALFORMED, "the first byte is behind the last")
                    : Decoded.ok(new ByteSpan(from, to));
        } catch (NumberFormatException _) {
            return Decoded.refused(Refusal.Kind.OVERFLOW, "a number is beyond 2^63");
        }
    }

    /** The first byte of a file of {@code size} bytes that it has, counted from the beginning. */
    @Override
    public long first(long size) {
        return from < 0 ? Math.max(size + from, 0) : from;
    }

    /** The byte behind the last one of such a file that it has. */
    @Override
    public long end(long size) {
        long last = to.orElse(-1);
        return last < 0 ? size + last + 1 : Math.min(last, size - 1) + 1;
    }
}
