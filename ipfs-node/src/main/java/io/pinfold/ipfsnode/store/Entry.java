package io.pinfold.ipfsnode.store;

import io.pinfold.multiformats.ByteReader;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.Varint;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What the index says of a block: the code of its place, one byte; the sum of its data, CRC-32C in four bytes, most significant
 * first; and its size as a varint.
 */
record Entry(Place place, int sum, int size) {

    static Entry of(Place place, Bytes data) {
        return new Entry(place, sum(data), data.size());
    }

    static Entry decode(Bytes row) {
        try {
            ByteReader in = new ByteReader(row);
            Place place = Place.of(in.readByte());
            Entry entry = new Entry(place, in.readBytes(Integer.BYTES).toBuffer().getInt(),
                    Math.toIntExact(in.readVarint()));
            in.expectEnd();
            return entry;
        } catch (RefusalException | ArithmeticException e) {
            throw new IllegalStateException("an index row that was never written: " + row, e);
        }
    }

    Bytes encode() {
        byte[] row = new byte[1 + Integer.BYTES + Varint.sizeOf(size)];
        ByteBuffer.wrap(row).put((byte) place.code()).putInt(sum);
        Varint.put(row, 1 + Integer.BYTES, size);
        return Bytes.copyOf(row);
    }

    /** Whether {@code data} is what was stored, as far as its size and sum tell. */
    boolean fits(Bytes data) {
        return data.size() == size && sum(data) == sum;
    }

    private static int sum(Bytes data) {
        CRC32C sum = new CRC32C();
        data.addTo(sum);
        return (int) sum.getValue();
    }
}
