package io.pinfold.multiformats.cbor;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.cbor.CborValue.CborBool;
import io.pinfold.multiformats.cbor.CborValue.CborBytes;
import io.pinfold.multiformats.cbor.CborValue.CborFloat;
import io.pinfold.multiformats.cbor.CborValue.CborInt;
import io.pinfold.multiformats.cbor.CborValue.CborLink;
import io.pinfold.multiformats.cbor.CborValue.CborList;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.CborValue.CborNull;
import io.pinfold.multiformats.cbor.CborValue.CborText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Reads one value and refuses all but its canonical form. Used once. */
final class CborDecoder {

    private static final CborNull NULL = new CborNull();
    private static final CborBool TRUE = new CborBool(true);
    private static final CborBool FALSE = new CborBool(false);

    private final CborInput in;
    private final CborLimits limits;
    private int items;

    private CborDecoder(CborInput in, CborLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    static CborValue decode(Bytes encoded, CborLimits limits) throws RefusalException {
        if (encoded.size() > limits.maxBytes()) {
            throw new RefusalException(Kind.TOO_LONG,
                    "encoding has " + encoded.size() + " bytes, at most " + limits.maxBytes() + " allowed");
        }
        CborDecoder decoder = new CborDecoder(new CborInput(encoded.toArray()), limits);
        decoder.count(1);
        CborValue value = decoder.read(0);
        decoder.in.expectEnd();
        return value;
    }

    private CborValue read(int depth) throws RefusalException {
        int initial = in.readByte();
        int info = initial & 0x1f;
        return switch (initial >>> 5) {
            case Major.UNSIGNED -> new CborInt(integer(info));
            case Major.NEGATIVE -> new CborInt(~integer(info));
            case Major.BYTES -> new CborBytes(in.readBytes(in.readLength(info)));
            case Major.TEXT -> new CborText(in.readText(in.readLength(info)));
            case Major.LIST -> list(in.readLength(info), depth + 1);
            case Major.MAP -> map(in.readLength(info), depth + 1);
            case Major.TAG -> link(info);
            default -> simple(info);
        };
    }

    private long integer(int info) throws RefusalException {
        long argument = in.readArgument(info);
        if (argument < 0) {
            throw in.refuse(Kind.OVERFLOW, "integer exceeds 64 bits with sign");
        }
        return argument;
    }

    private CborList list(int size, int depth) throws RefusalException {
        enter(depth, size);
        List<CborValue> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(read(depth));
        }
        return new CborList(list);
    }

    private CborMap map(int size, int depth) throws RefusalException {
        enter(depth, 2L * size);
        LinkedHashMap<String, CborValue> entries = LinkedHashMap.newLinkedHashMap(size);
        int previous = -1;
        int previousLength = -1;
        for (int i = 0; i < size; i++) {
            int initial = in.readByte();
            if (initial >>> 5 != Major.TEXT) {
                throw in.refuse(Kind.WRONG_TYPE, "map key is no text");
            }
            int length = in.readLength(initial & 0x1f);
            if (i > 0 && in.compare(previous, previousLength, length) >= 0) {
                throw in.refuse(Kind.NOT_CANONICAL, "map key is repeated or out of order");
            }
            previous = in.position();
            previousLength = length;
            String key = in.readText(length);
            entries.put(key, read(depth));
        }
        return new CborMap(entries);
    }

    /** Checks depth and item count of a list or map, and that its items can be there at all, before it is allocated. */
    private void enter(int depth, long more) throws RefusalException {
        if (depth > limits.maxDepth()) {
            throw in.refuse(Kind.TOO_DEEP, "nested deeper than " + limits.maxDepth());
        }
        if (more > in.remaining()) {
            throw in.refuse(Kind.TRUNCATED, more + " items cannot be in " + in.remaining() + " bytes");
        }
        count(more);
    }

    private void count(long more) throws RefusalException {
        if (more > limits.maxItems() - items) {
            throw in.refuse(Kind.TOO_MANY, "more than " + limits.maxItems() + " items");
        }
        items += (int) more;
    }

    private CborLink link(int info) throws RefusalException {
        long tag = in.readArgument(info);
        if (tag != Major.LINK_TAG) {
            throw in.refuse(Kind.UNSUPPORTED, "tag " + Long.toUnsignedString(tag));
        }
        int initial = in.readByte();
        if (initial >>> 5 != Major.BYTES) {
            throw in.refuse(Kind.WRONG_TYPE, "link is no byte string");
        }
        int length = in.readLength(initial & 0x1f);
        if (length > Cid.MAX_BYTES + 1) {
            throw in.refuse(Kind.TOO_LONG, "link of " + length + " bytes");
        }
        if (length == 0 || in.readByte() != 0) {
            throw in.refuse(Kind.MALFORMED, "link does not begin with a zero byte");
        }
        return new CborLink(Cid.decode(in.readBytes(length - 1)).orRefuse());
    }

    private CborValue simple(int info) throws RefusalException {
        return switch (info) {
            case Major.FALSE -> FALSE;
            case Major.TRUE -> TRUE;
            case Major.NULL -> NULL;
            case Major.EIGHT_BYTES -> {
                double number = Double.longBitsToDouble(in.readNumber(8));
                if (!Double.isFinite(number)) {
                    throw in.refuse(Kind.UNSUPPORTED, "number is " + number);
                }
                yield new CborFloat(number);
            }
            case Major.TWO_BYTES, Major.FOUR_BYTES -> throw in.refuse(Kind.NOT_CANONICAL, "float has not 64 bits");
            case Major.INDEFINITE -> throw in.refuse(Kind.MALFORMED, "break without a beginning");
            default -> throw in.refuse(Kind.UNSUPPORTED, "simple value " + info);
        };
    }
}
