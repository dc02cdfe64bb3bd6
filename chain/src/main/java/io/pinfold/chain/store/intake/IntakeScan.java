package io.pinfold.chain.store.intake;

import io.pinfold.chain.store.segment.Position;
import io.pinfold.chain.store.segment.RecordVisitor;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Builds the index from the records of the log at opening. */
final class IntakeScan implements RecordVisitor {

    /** Unreadable records that are named; one is enough to refuse the log. */
    private static final int MAX_NAMED = 8;

    private final IntakeIndex index = new IntakeIndex();
    private final List<String> unreadable = new ArrayList<>();

    IntakeIndex index() {
        return index;
    }

    /** Records that are undamaged and mean nothing to this program. */
    List<String> unreadable() {
        return unreadable;
    }

    @Override
    public void record(long position, ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        switch (IntakeRecord.decode(Bytes.copyOf(bytes))) {
            case Decoded.Ok<IntakeRecord>(IntakeRecord.Entry entry) ->
                index.put(FileIntakeLog.slot(entry, position, bytes.length));
            case Decoded.Ok<IntakeRecord>(IntakeRecord.Retirement(List<Long> seqs)) ->
                seqs.forEach(seq -> index.retire(seq, true));
            case Decoded.Refused<IntakeRecord> refused -> {
                if (unreadable.size() < MAX_NAMED) {
                    unreadable.add(Position.toString(position) + ": " + refused.refusal());
                }
            }
        }
    }
}
