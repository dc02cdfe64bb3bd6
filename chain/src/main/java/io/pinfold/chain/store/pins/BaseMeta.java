package io.pinfold.chain.store.pins;

import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.core.codec.StateCodec;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What the small file beside a base says of it (storage page, section "Base").
 *
 * @param count number of pins
 * @param digest SHA2-256 over all pins in order: length of the key, key, length of the value, value
 * @param fileBytes size of the base's file
 * @param fileChecksum CRC32C of the base's file
 */
record BaseMeta(StateMark mark, long count, Bytes digest, long fileBytes, int fileChecksum) {

    /** The greatest file: a mark with very many authors. */
    static final int MAX_BYTES = 64 << 20;

    static final int VERSION = 1;

    private static final int MAGIC = 0x5046424d;
    private static final int DIGEST_BYTES = 32;
    private static final int FIXED_BYTES = 4 + 4 + 8 + 8 + 4 + DIGEST_BYTES + 4;
    private static final int CHECKSUM_BYTES = 4;

    Bytes encode() {
        Bytes encodedMark = StateCodec.encode(mark);
        ByteBuffer out = ByteBuffer.allocate(FIXED_BYTES + encodedMark.size() + CHECKSUM_BYTES);
        out.putInt(MAGIC).putInt(VERSION).putLong(count).putLong(fileBytes).putInt(fileChecksum);
        out.put(digest.toBuffer()).putInt(encodedMark.size()).put(encodedMark.toBuffer());
        out.putInt(checksum(out.duplicate().flip()));
        return Bytes.copyOf(out.array());
    }

    static Decoded<BaseMeta> decode(Bytes bytes) {
        ByteBuffer in = bytes.toBuffer();
        if (in.remaining() < FIXED_BYTES + CHECKSUM_BYTES) {
            return Decoded.refused(Refusal.Kind.TRUNCATED, bytes.size() + " bytes");
        }
        int end = in.limit() - CHECKSUM_BYTES;
        if (in.getInt(end) != checksum(in.duplicate().limit(end)) || in.getInt() != MAGIC) {
            return Decoded.refused(Refusal.Kind.MALFORMED, "checksum or magic number is wrong");
        }
        int version = in.getInt();
        if (version != VERSION) {
            return Decoded.refused(Refusal.Kind.UNSUPPORTED, "version " + version);
        }
        long count = in.getLong();
        long fileBytes = in.getLong();
        int fileChecksum = in.getInt();
        Bytes digest = bytes.slice(in.position(), in.position() + DIGEST_BYTES);
        in.position(in.position() + DIGEST_BYTES);
        if (in.getInt() != end - in.position()) {
            return Decoded.refused(Refusal.Kind.MALFORMED, "length of the mark is wrong");
        }
        return StateCodec.decodeMark(bytes.slice(in.position(), end))
                .map(mark -> new BaseMeta(mark, count, digest, fileBytes, fileChecksum));
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
