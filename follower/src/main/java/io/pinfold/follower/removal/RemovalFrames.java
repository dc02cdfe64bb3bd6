package io.pinfold.follower.removal;

import io.pinfold.multiformats.ByteReader;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.Varint;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The bytes of the removal log: a header that names format and cluster, then one frame a record.
 *
 * <p>A frame is the payload's length (4 bytes, big endian, 1 to {@value #MAX_PAYLOAD}), the CRC-32C of length and
 * payload (4 bytes, big endian), and the payload: varints, and CIDs with their length in front. {@code docs/tracker.md}
 * has the layout byte by byte.
 */
final class RemovalFrames {

    /** Bytes before the payload. */
    static final int PREFIX = 8;

    /** The most bytes that a payload may have; more is damage. */
    static final int MAX_PAYLOAD = 512;

    private static final Bytes MAGIC = Bytes.fromHex("50464c4452454d31"); // PFLDREM1
    private static final int REQUESTED = 1;
    private static final int SETTLED = 2;

    private RemovalFrames() {}

    /** The first bytes of a log of {@code cluster}. */
    static Bytes header(Cid cluster) {
        return MAGIC.concat(prefixed(cluster.toBytes()));
    }

    /** Whether {@code start} is the start of a removal log, of whatever cluster. */
    static boolean isLog(Bytes start) {
        return start.startsWith(MAGIC);
    }

    /** The frame of {@code record}. */
    static byte[] encode(RemovalRecord record) {
        byte[] payload = payload(record);
        return ByteBuffer.allocate(PREFIX + payload.length)
                .putInt(payload.length)
                .putInt(checksum(payload))
                .put(payload)
                .array();
    }

    /** CRC-32C of the length and the bytes of {@code payload}. */
    static int checksum(byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(payload.length).flip());
        crc.update(payload);
        return (int) crc.getValue();
    }

    /** The record that {@code payload} is. */
    static Decoded<RemovalRecord> decode(Bytes payload) {
        return Decoded.attempt(() -> {
            ByteReader in = new ByteReader(payload);
            RemovalRecord record = switch (in.readByte()) {
                case REQUESTED -> requested(in);
                case SETTLED -> settled(in);
                default -> throw new RefusalException(Refusal.Kind.UNSUPPORTED, "unknown kind of record");
            };
            in.expectEnd();
            return record;
        });
    }

    private static RemovalRecord requested(ByteReader in) throws RefusalException {
        long id = in.readVarint();
        RemovalReason reason = RemovalReason.of(in.readVarint()).orElseThrow(() -> unknown("reason"));
        long height = in.readVarint();
        Instant since = Instant.ofEpochMilli(in.readVarint());
        Cid cid = Cid.decode(in.readPrefixed(Cid.MAX_BYTES)).orRefuse();
        Bytes block = in.readPrefixed(Cid.MAX_BYTES);
        return new RemovalRecord.Requested(new PendingRemoval(id, cid, reason, height,
                block.isEmpty() ? Optional.empty() : Optional.of(Cid.decode(block).orRefuse()), since));
    }

    private static RemovalRecord settled(ByteReader in) throws RefusalException {
        long id = in.readVarint();
        Settlement settlement = Settlement.of(in.readVarint()).orElseThrow(() -> unknown("settlement"));
        return new RemovalRecord.Settled(id, settlement, Instant.ofEpochMilli(in.readVarint()));
    }

    private static RefusalException unknown(String what) {
        return new RefusalException(Refusal.Kind.UNSUPPORTED, "unknown " + what);
    }

    private static byte[] payload(RemovalRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (record) {
            case RemovalRecord.Requested(PendingRemoval removal) -> {
                out.write(REQUESTED);
                put(out, removal.id());
                put(out, removal.reason().code());
                put(out, removal.height());
                put(out, removal.since().toEpochMilli());
                out.writeBytes(prefixed(removal.cid().toBytes()).toArray());
                out.writeBytes(prefixed(removal.block().map(Cid::toBytes).orElse(Bytes.EMPTY)).toArray());
            }
            case RemovalRecord.Settled(long id, Settlement settlement, Instant requested) -> {
                out.write(SETTLED);
                put(out, id);
                put(out, settlement.code());
                put(out, requested.toEpochMilli());
            }
        }
        return out.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, long value) {
        out.writeBytes(Varint.encode(value));
    }

    private static Bytes prefixed(Bytes bytes) {
        return Bytes.copyOf(Varint.encode(bytes.size())).concat(bytes);
    }
}
