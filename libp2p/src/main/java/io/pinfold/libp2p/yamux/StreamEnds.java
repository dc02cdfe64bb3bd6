package io.pinfold.libp2p.yamux;

import io.pinfold.libp2p.HostMetrics;
import io.pinfold.libp2p.limit.TokenBucket;
import io.pinfold.libp2p.yamux.YamuxException.Violation;

/** The ways in which a stream of a session ends; a peer that opens streams in vain too often breaks the rules. */
final class StreamEnds {

    private final StreamTable table;
    private final Outbox outbox;
    private final HostMetrics metrics;
    private final TokenBucket wasted = new TokenBucket(YamuxConfig.WASTED_STREAMS_BURST,
            YamuxConfig.WASTED_STREAMS_PER_SECOND, System::nanoTime);

    StreamEnds(StreamTable table, Outbox outbox, HostMetrics metrics) {
        this.table = table;
        this.outbox = outbox;
        this.metrics = metrics;
    }

    /** Answers a stream that the peer opens with a reset. */
    void refuse(int stream) throws YamuxException {
        metrics.count("streams_refused");
        outbox.answer(new FrameHeader(FrameHeader.TYPE_WINDOW_UPDATE, FrameHeader.RST, stream, 0));
        countWasted();
    }

    /** Resets the stream, and tells the peer. */
    void reset(YamuxStream stream, String reason) {
        stream.fail(reason);
        if (table.remove(stream.id())) {
            metrics.count("streams_reset_by_us");
            outbox.drop(stream.id());
            outbox.putUrgent(new FrameHeader(FrameHeader.TYPE_WINDOW_UPDATE, FrameHeader.RST, stream.id(), 0));
        }
    }

    /** There is no memory for what the peer sent on {@code stream}. */
    void outOfMemory(YamuxStream stream) {
        metrics.count("streams_out_of_memory");
        reset(stream, "no memory for what the peer sent");
    }

    /** The peer reset the stream. */
    void resetByPeer(YamuxStream stream) throws YamuxException {
        boolean inVain = table.isInbound(stream.id()) && !stream.send().hasFinished();
        stream.fail("reset by the peer");
        if (table.remove(stream.id())) {
            metrics.count("streams_reset_by_peer");
            outbox.drop(stream.id());
            if (inVain) {
                countWasted();
            }
        }
    }

    /** Removes the stream if both sides are closed. */
    void settle(YamuxStream stream) {
        if (stream.isOver()) {
            table.remove(stream.id());
        }
    }

    private void countWasted() throws YamuxException {
        if (!wasted.take()) {
            throw new YamuxException(Violation.STREAM_STORM, "streams are opened in vain too often");
        }
    }
}
