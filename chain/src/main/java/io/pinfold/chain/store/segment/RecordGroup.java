package io.pinfold.chain.store.segment;

import io.pinfold.multiformats.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Records laid out as they will stand in a segment from one offset on. */
final class RecordGroup {

    private final ByteBuffer bytes;
    private final List<Integer> offsets = new ArrayList<>();
    private final int end;

    RecordGroup(SegmentHeader segment, int start, List<Bytes> payloads) {
        bytes = ByteBuffer.allocate(Math.toIntExact(size(payloads)));
        for (Bytes payload : payloads) {
            int offset = start + bytes.position();
            offsets.add(offset);
            RecordHeader.of(payload.toBuffer()).encode(bytes, segment, offset);
            bytes.put(payload.toBuffer());
        }
        bytes.flip();
        end = start + bytes.limit();
    }

    /** Bytes that {@code payloads} take, headers included. */
    static long size(List<Bytes> payloads) {
        return payloads.stream().mapToLong(payload -> (long) RecordHeader.BYTES + payload.size()).sum();
    }

    ByteBuffer bytes() {
        return bytes.duplicate();
    }

    List<Integer> offsets() {
        return offsets;
    }

    int end() {
        return end;
    }
}
