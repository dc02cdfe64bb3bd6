package io.pinfold.chain.store.segment;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where a log lives and how large its parts may become.
 *
 * @param folder made if need be; no other store may use it
 * @param tag four ASCII characters that say what the records are; a folder with another tag is refused
 * @param maxRecordBytes the greatest payload, 1 to {@value #MAX_RECORD_BYTES}
 * @param segmentBytes size from which a new file is begun, {@value #MIN_SEGMENT_BYTES} to {@value #MAX_SEGMENT_BYTES};
 *     small segments can be dropped sooner, large ones need fewer files
 */
public record SegmentLogConfig(Path folder, String tag, int maxRecordBytes, int segmentBytes) {

    /** The greatest payload that a log may be configured for: 16 MiB. */
    public static final int MAX_RECORD_BYTES = 16 << 20;

    /** The smallest segment size: 4 KiB. */
    public static final int MIN_SEGMENT_BYTES = 4 << 10;

    /** The greatest segment size: 1 GiB. */
    public static final int MAX_SEGMENT_BYTES = 1 << 30;

    /** Checks the bounds. */
    public SegmentLogConfig {
        if (tag.length() != 4 || !tag.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException("a tag is four ASCII characters, not '" + tag + "'");
        }
        if (maxRecordBytes < 1 || maxRecordBytes > MAX_RECORD_BYTES) {
            throw new IllegalArgumentException("maxRecordBytes is " + maxRecordBytes);
        }
        if (segmentBytes < MIN_SEGMENT_BYTES || segmentBytes > MAX_SEGMENT_BYTES) {
            throw new IllegalArgumentException("segmentBytes is " + segmentBytes);
        }
    }

    int tagNumber() {
        byte[] ascii = tag.getBytes(StandardCharsets.US_ASCII);
        return ascii[0] << 24 | ascii[1] << 16 | ascii[2] << 8 | ascii[3];
    }
}
