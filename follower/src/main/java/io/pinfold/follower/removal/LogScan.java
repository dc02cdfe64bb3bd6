package io.pinfold.follower.removal;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * One reading of a removal log from its start to its end, or to the first frame that is torn or damaged.
 *
 * <p>What is behind such a frame is given up, whatever it is: a removal that is forgotten is found again by its mark.
 *
 * @param good length of the good part, in bytes
 * @param records number of good records
 * @param size length of the file
 */
record LogScan(long good, long records, long size) {

    /** What a file turned out to be. */
    enum Kind {
        /** A log of this cluster. */
        OURS,
        /** A log of another cluster. */
        OTHER_CLUSTER,
        /** Not a removal log. */
        FOREIGN
    }

    /** Whose log the file at {@code path} is. */
    static Kind kind(Path path, Cid cluster) throws IOException {
        Bytes header = RemovalFrames.header(cluster);
        try (DataInputStream in = open(path)) {
            Bytes start = Bytes.copyOf(in.readNBytes(header.size()));
            if (start.equals(header)) {
                return Kind.OURS;
            }
            return RemovalFrames.isLog(start) ? Kind.OTHER_CLUSTER : Kind.FOREIGN;
        }
    }

    /** Reads the log of {@code cluster} at {@code path} and hands its good records to {@code each}. */
    static LogScan read(Path path, Cid cluster, Consumer<RemovalRecord> each) throws IOException {
        long good = RemovalFrames.header(cluster).size();
        long records = 0;
        try (DataInputStream in = open(path)) {
            in.skipNBytes(good);
            while (true) {
                byte[] prefix = in.readNBytes(RemovalFrames.PREFIX);
                if (prefix.length < RemovalFrames.PREFIX) {
                    break;
                }
                byte[] payload = payload(in, ByteBuffer.wrap(prefix));
                if (payload.length == 0 || !(RemovalFrames
                        .decode(Bytes.copyOf(payload)) instanceof Decoded.Ok<RemovalRecord>(RemovalRecord record))) {
                    break;
                }
                each.accept(record);
                good += RemovalFrames.PREFIX + payload.length;
                records++;
            }
        }
        return new LogScan(good, records, Files.size(path));
    }

    /** The next payload, or nothing if it is torn or damaged. */
    private static byte[] payload(DataInputStream in, ByteBuffer prefix) throws IOException {
        int length = prefix.getInt();
        int checksum = prefix.getInt();
        if (length < 1 || length > RemovalFrames.MAX_PAYLOAD) {
            return new byte[0];
        }
        byte[] payload = in.readNBytes(length);
        return payload.length == length && RemovalFrames.checksum(payload) == checksum ? payload : new byte[0];
    }

    private static DataInputStream open(Path path) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 64 * 1024));
    }
}
