package io.pinfold.multiformats.testing;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.cbor.CborValue;
import io.pinfold.multiformats.cbor.CborValue.CborList;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Encodes a CBOR value as strict DAG-CBOR never does: with one slip, at one place. */
final class SloppyCbor {

    /** What is done wrong. */
    enum Slip {
        /** A length or number takes eight bytes. */
        LONG_HEAD,
        /** A list or map has no length but an end. */
        INDEFINITE,
        /** The entries of a map are in reverse order. */
        REVERSED,
        /** The first entry of a map comes twice. */
        REPEATED,
        /** A list or map says that it has 2^31 items. */
        BOASTING
    }

    private static final int LIST = 4;
    private static final int MAP = 5;

    private final Slip slip;
    private final int place;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int places;

    private SloppyCbor(Slip slip, int place) {
        this.slip = slip;
        this.place = place;
    }

    /** {@code value} with {@code slip} at each place where it can be made, one at a time. */
    static List<Bytes> encodings(CborValue value, Slip slip) {
        List<Bytes> all = new ArrayList<>();
        for (int place = 0;; place++) {
            SloppyCbor sloppy = new SloppyCbor(slip, place);
            sloppy.write(value);
            if (place >= sloppy.places) {
                return all;
            }
            all.add(Bytes.copyOf(sloppy.out.toByteArray()));
        }
    }

    private void write(CborValue value) {
        switch (value) {
            case CborList(List<CborValue> items) -> {
                boolean open = container(LIST, items.size());
                items.forEach(this::write);
                end(open);
            }
            case CborMap map -> writeMap(new ArrayList<>(map.entries().entrySet()));
            case CborValue.CborFloat _,CborValue.CborBool _,CborValue.CborNull _ ->
                out.writeBytes(DagCbor.encode(value).toArray());
            case CborValue.CborInt _,CborValue.CborBytes _,CborValue.CborText _,CborValue.CborLink _ ->
                scalar(DagCbor.encode(value).toArray());
        }
    }

    private void writeMap(List<Map.Entry<String, CborValue>> entries) {
        boolean several = entries.size() > 1;
        List<Map.Entry<String, CborValue>> order = several && isHere(Slip.REVERSED) ? entries.reversed() : entries;
        boolean twice = !entries.isEmpty() && isHere(Slip.REPEATED);
        boolean open = container(MAP, entries.size() + (twice ? 1 : 0));
        if (twice) {
            writeEntry(order.getFirst());
        }
        order.forEach(this::writeEntry);
        end(open);
    }

    private void writeEntry(Map.Entry<String, CborValue> entry) {
        scalar(DagCbor.encode(new CborValue.CborText(entry.getKey())).toArray());
        write(entry.getValue());
    }

    /** Writes the head of a list or map; whether its end must be written too. */
    private boolean container(int major, int size) {
        if (isHere(Slip.INDEFINITE)) {
            out.write(major << 5 | 31);
            return true;
        }
        if (isHere(Slip.BOASTING)) {
            out.write(major << 5 | 26);
            out.writeBytes(ByteBuffer.allocate(4).putInt(Integer.MIN_VALUE).array());
            return false;
        }
        if (isHere(Slip.LONG_HEAD)) {
            longHead(major, size);
        } else {
            byte[] list = DagCbor.encode(new CborValue.CborInt(size)).toArray();
            list[0] |= (byte) (major << 5);
            out.writeBytes(list);
        }
        return false;
    }

    /** Writes an encoding whose first head may be made long. */
    private void scalar(byte[] encoded) {
        int major = (encoded[0] & 0xff) >>> 5;
        int info = encoded[0] & 0x1f;
        int size = info < 24 ? 0 : 1 << (info - 24);
        if (size < 8 && isHere(Slip.LONG_HEAD)) {
            long argument = size == 0 ? info : 0;
            for (int i = 1; i <= size; i++) {
                argument = argument << 8 | (encoded[i] & 0xff);
            }
            longHead(major, argument);
            out.write(encoded, 1 + size, encoded.length - 1 - size);
        } else {
            out.writeBytes(encoded);
        }
    }

    private void longHead(int major, long argument) {
        out.write(major << 5 | 27);
        out.writeBytes(ByteBuffer.allocate(8).putLong(argument).array());
    }

    private void end(boolean open) {
        if (open) {
            out.write(0xff);
        }
    }

    private boolean isHere(Slip one) {
        return slip == one && places++ == place;
    }
}
