package io.pinfold.ipfsnode.dag;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the links of CBOR, canonical or not: byte strings under tag 42 that begin with a zero byte.
 *
 * <p>Nothing but the links is allocated. Lists, maps and strings of indefinite length, other tags, long forms of numbers,
 * unsorted and repeated keys are passed over. Used once.
 */
final class CborLinks {

    /** The greatest number of lists and maps within one another. */
    static final int MAX_DEPTH = 1024;

    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int LIST = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;
    private static final int INDEFINITE = 31;
    private static final int BREAK = 0xff;
    private static final long LINK_TAG = 42;
    private static final long UNTIL_BREAK = -1;

    private final Bytes bytes;
    private final List<Cid> links = new ArrayList<>();
    /** How many items are still to come at each level. */
    private final long[] left = new long[MAX_DEPTH + 1];
    private int depth;
    private int at;

    private CborLinks(Bytes bytes) {
        this.bytes = bytes;
    }

    static List<Cid> of(Bytes bytes) throws RefusalException {
        CborLinks scan = new CborLinks(bytes);
        scan.scan();
        return scan.links;
    }

    private void scan() throws RefusalException {
        left[0] = 1;
        while (depth >= 0) {
            if (left[depth] == 0) {
                depth--;
            } else {
                item(readByte());
            }
        }
        if (at < bytes.size()) {
            throw refuse(Kind.TRAILING, (bytes.size() - at) + " bytes follow");
        }
    }

    private void item(int initial) throws RefusalException {
        if (initial == BREAK) {
            if (left[depth] != UNTIL_BREAK) {
                throw refuse(Kind.MALFORMED, "break without a beginning");
            }
            depth--;
            return;
        }
        int major = initial >>> 5;
        int info = initial & 0x1f;
        if (major == TAG) {
            if (argument(info) != LINK_TAG) {
                return; // what is tagged counts as the item
            }
            link();
        } else if (info == INDEFINITE && major >= BYTES && major <= MAP) {
            enter(UNTIL_BREAK);
            return;
        } else {
            value(major, argument(info));
            return;
        }
        taken();
    }

    private void value(int major, long argument) throws RefusalException {
        switch (major) {
            case BYTES, TEXT -> {
                at += (int) length(argument, 1);
                taken();
            }
            case LIST -> enter(length(argument, 1));
            case MAP -> enter(2 * length(argument, 2));
            default -> taken();
        }
    }

    private void taken() {
        if (left[depth] != UNTIL_BREAK) {
            left[depth]--;
        }
    }

    private void enter(long items) throws RefusalException {
        if (depth == MAX_DEPTH) {
            throw refuse(Kind.TOO_DEEP, "nested deeper than " + MAX_DEPTH);
        }
        taken();
        left[++depth] = items;
    }

    private void link() throws RefusalException {
        int initial = readByte();
        if (initial >>> 5 != BYTES || (initial & 0x1f) == INDEFINITE) {
            throw refuse(Kind.MALFORMED, "link is no byte string");
        }
        int length = (int) length(argument(initial & 0x1f), 1);
        if (length == 0 || length > Cid.MAX_BYTES + 1 || bytes.get(at) != 0) {
            throw refuse(Kind.MALFORMED, "link is no CID behind a zero byte");
        }
        Links.add(links, Cid.decode(bytes.slice(at + 1, at + length)));
        at += length;
    }

    /** The number of items or bytes that {@code argument} announces, when so many of {@code size} bytes can follow. */
    private long length(long argument, int size) throws RefusalException {
        if (argument < 0 || argument > (bytes.size() - at) / size) {
            throw refuse(Kind.TRUNCATED, "length " + Long.toUnsignedString(argument) + " exceeds the input");
        }
        return argument;
    }

    private long argument(int info) throws RefusalException {
        if (info < 24) {
            return info;
        }
        if (info > 27) {
            throw refuse(Kind.MALFORMED, "additional information " + info);
        }
        long number = 0;
        for (int i = 1 << (info - 24); i > 0; i--) {
            number = number << 8 | readByte();
        }
        return number;
    }

    private int readByte() throws RefusalException {
        if (at == bytes.size()) {
            throw refuse(Kind.TRUNCATED, "input ends");
        }
        return Byte.toUnsignedInt(bytes.get(at++));
    }

    private RefusalException refuse(Kind kind, String detail) {
        return new RefusalException(kind, detail + ", at byte " + at);
    }
}
