package io.pinfold.multiformats.car;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What stands before the data of a CAR of version 2: pragma, and a header of 40 bytes that says where the data is. */
final class CarV2 {

    /** The map {@code {"version": 2}}, which stands where version 1 has its header. */
    static final Bytes PRAGMA = Bytes.fromHex("a16776657273696f6e02");

    private static final int CHARACTERISTICS = 16;
    private static final int HEADER = CHARACTERISTICS + 3 * Long.BYTES;
    private static final int BEFORE_PADDING = 1 + PRAGMA.size() + HEADER;

    private CarV2() {}

    /** Takes the header and the padding behind it, and gives the size of the data, which comes next. */
    static long read(CarInput in) throws IOException, RefusalException {
        ByteBuffer header = in.readBytes(HEADER).toBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long dataOffset = header.getLong(CHARACTERISTICS);
        long dataSize = header.getLong(CHARACTERISTICS + Long.BYTES);
        long indexOffset = header.getLong(CHARACTERISTICS + 2 * Long.BYTES);
        if (dataOffset < BEFORE_PADDING || dataSize <= 0 || dataOffset > Long.MAX_VALUE - dataSize) {
            throw new RefusalException(Kind.MALFORMED, "no place for data: %s bytes from %s".formatted(
                    Long.toUnsignedString(dataSize), Long.toUnsignedString(dataOffset)));
        }
        if (indexOffset != 0 && Long.compareUnsigned(indexOffset, dataOffset + dataSize) < 0) {
            throw new RefusalException(Kind.MALFORMED, "index begins within the data");
        }
        in.skip(dataOffset - BEFORE_PADDING);
        return dataSize;
    }
}
