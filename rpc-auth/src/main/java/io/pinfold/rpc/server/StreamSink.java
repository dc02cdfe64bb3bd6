package io.pinfold.rpc.server;

import io.pinfold.libp2p.Stream;
import io.pinfold.multiformats.Bytes;
import io.pinfold.rpc.AnswerBounds;
import io.pinfold.rpc.Deadline;
import io.pinfold.rpc.RpcMeter;
import io.pinfold.rpc.frame.Frame;
import io.pinfold.rpc.frame.FrameWriter;
import io.pinfold.rpc.server.AnswerStoppedException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes items to a stream within the method's bounds, the deadline, and, for strangers, the budget. */
final class StreamSink implements AnswerSink {

    private final Stream stream;
    private final AnswerBounds bounds;
    private final Deadline deadline;
    private final @Nullable EgressBudget budget;
    private final Pause pause;
    private final RpcMeter meter;
    private int items;
    private long bytes;

    /** A sink for one call; {@code budget} is null if the caller does not draw on it. */
    StreamSink(Stream stream, AnswerBounds bounds, Deadline deadline, @Nullable EgressBudget budget, Pause pause,
            RpcMeter meter) {
        this.stream = stream;
        this.bounds = bounds;
        this.deadline = deadline;
        this.budget = budget;
        this.pause = pause;
        this.meter = meter;
    }

    @Override
    public boolean fits(int size) {
        return items < bounds.items() && size <= bounds.itemBytes() && bytes + size <= bounds.totalBytes();
    }

    @Override
    public void send(Bytes item) throws IOException {
        if (!fits(item.size())) {
            throw new AnswerStoppedException(Reason.OVER_BOUND);
        }
        awaitBudget(item.size());
        try {
            deadline.applyTo(stream);
            FrameWriter.write(stream.output(), new Frame.Item(item));
        } catch (SocketTimeoutException e) {
            throw stopped(Reason.DEADLINE, e);
        } catch (IOException e) {
            throw stopped(Reason.CALLER_GONE, e);
        }
        items++;
        bytes += item.size();
        meter.count(RpcMeter.SENT, item.size());
    }

    private void awaitBudget(int size) throws IOException {
        if (budget == null) {
            return;
        }
        Optional<Duration> wait = budget.reserve(size, deadline.left());
        if (wait.isEmpty()) {
            throw new AnswerStoppedException(Reason.BUDGET);
        }
        if (wait.get().isPositive()) {
            try {
                pause.sleep(wait.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("interrupted while waiting for the budget").initCause(e);
            }
        }
    }

    private static AnswerStoppedException stopped(Reason reason, IOException cause) {
        AnswerStoppedException stopped = new AnswerStoppedException(reason);
        stopped.initCause(cause);
        return stopped;
    }
}
