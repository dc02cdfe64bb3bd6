package io.pinfold.ipfsnode.store;

import io.pinfold.multiformats.ByteReader;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.Varint;

/** What the index says of a block: the code of its place, one byte, and its size as a varint. */
record Entry(Place place, int size) {

    static Entry decode(Bytes row) {
        try {
            ByteReader in = new ByteReader(row);
            Entry entry = new Entry(Place.of(in.readByte()), Math.toIntExact(in.readVarint()));
            in.expectEnd();
            return entry;
        } catch (RefusalException | ArithmeticException e) {
            throw new IllegalStateException("an index row that was never written: " + row, e);
        }
    }

    Bytes encode() {
        byte[] row = new byte[1 + Varint.sizeOf(size)];
        row[0] = (byte) place.code();
        Varint.put(row, 1, size);
        return Bytes.copyOf(row);
    }
}
