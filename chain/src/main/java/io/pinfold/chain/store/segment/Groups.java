package io.pinfold.chain.store.segment;

import io.pinfold.chain.StoreException;
import io.pinfold.chain.StoreFailure;
import io.pinfold.multiformats.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Appends any number of records in as few groups as the log takes: one, unless they are larger than a group may be. */
public final class Groups {

    private Groups() {}

    /**
     * Appends {@code payloads} and returns their positions.
     *
     * @throws StoreException if not all of them are durable; those of full groups before may be
     */
    public static List<Long> append(SegmentLog log, List<Bytes> payloads) {
        List<Long> positions = new ArrayList<>(payloads.size());
        while (positions.size() < payloads.size()) {
            List<Bytes> group = payloads.subList(positions.size(), endOfGroup(payloads, positions.size()));
            switch (log.append(group)) {
                case AppendResult.Appended(List<Long> written) -> positions.addAll(written);
                case AppendResult.Failed(StoreFailure failure) -> throw new StoreException(failure);
            }
        }
        return positions;
    }

    private static int endOfGroup(List<Bytes> payloads, int from) {
        long bytes = 0;
        int to = from;
        while (to < payloads.size()) {
            bytes += payloads.get(to).size() + (long) RecordHeader.BYTES;
            if (bytes > SegmentLog.MAX_GROUP_BYTES) {
                break;
            }
            to++;
        }
        return to;
    }
}
