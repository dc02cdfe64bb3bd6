package io.pinfold.trust;

import io.pinfold.multiformats.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Reads the records of a {@link RecordFile} and tells a torn tail, which a crash leaves, from damage.
 *
 * <p>What follows the last sound record is a torn tail if no sound record begins anywhere in it: it was being appended
 * and nobody relied on it. Otherwise the file is damaged.
 */
final class RecordReader {

    /** The greatest size of a file that is read, in bytes. */
    static final long MAX_FILE = 1L << 30;

    private RecordReader() {}

    /**
     * Hands the records of {@code path} to {@code records}, in order.
     *
     * @return number of bytes from the start that are sound, or -1 if the file is damaged
     */
    static long read(Path path, Consumer<Bytes> records) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() > MAX_FILE) {
                return -1;
            }
            ByteBuffer file = ByteBuffer.allocate((int) channel.size());
            while (file.hasRemaining() && channel.read(file) >= 0) {
                // until the buffer is full or the file ends
            }
            file.flip();
            int at = 0;
            for (int length = lengthAt(file, at); length > 0; length = lengthAt(file, at)) {
                records.accept(Bytes.copyOf(file.array(), at + RecordFile.FRAME, length));
                at += RecordFile.FRAME + length;
            }
            return hasRecordAfter(file, at) ? -1 : at;
        }
    }

    /** The CRC-32C of the length of {@code content}, 4 bytes, and {@code content}. */
    static int checksum(ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(4).putInt(content.remaining()).flip());
        crc.update(content);
        return (int) crc.getValue();
    }

    private static boolean hasRecordAfter(ByteBuffer file, int at) {
        for (int start = at + 1; start < file.limit() - RecordFile.FRAME; start++) {
            if (lengthAt(file, start) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Length of the sound record that begins at {@code at}, 0 if none does. */
    private static int lengthAt(ByteBuffer file, int at) {
        if (file.limit() - at < RecordFile.FRAME) {
            return 0;
        }
        int length = file.getInt(at);
        if (length < 1 || length > RecordFile.MAX_RECORD || length > file.limit() - at - RecordFile.FRAME) {
            return 0;
        }
        return checksum(file.slice(at + RecordFile.FRAME, length)) == file.getInt(at + 4) ? length : 0;
    }
}
