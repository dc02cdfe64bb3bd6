package io.pinfold.rpc.client;

import io.pinfold.libp2p.Stream;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.rpc.AnswerBounds;
import io.pinfold.rpc.Deadline;
import io.pinfold.rpc.RpcMeter;
import io.pinfold.rpc.RpcProtocol;
import io.pinfold.rpc.frame.Frame;
import io.pinfold.rpc.frame.FrameReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads an answer's frames from a stream and holds them to the method's bounds. */
final class FramedAnswer implements AnswerStream {

    private final Stream stream;
    private final AnswerBounds bounds;
    private final InputStream in;
    private final RpcMeter meter;
    private final Consumer<FramedAnswer> whenEnded;
    private int items;
    private long bytes;
    private @Nullable Next last;
    private volatile boolean closed;

    FramedAnswer(Stream stream, AnswerBounds bounds, Deadline deadline, RpcMeter meter,
            Consumer<FramedAnswer> whenEnded) {
        this.stream = stream;
        this.bounds = bounds;
        this.in = deadline.input(stream);
        this.meter = meter;
        this.whenEnded = whenEnded;
    }

    @Override
    public Next next() {
        if (last != null) {
            return last;
        }
        Next next = receive();
        if (!(next instanceof Next.Item)) {
            last = next;
            end(next);
        }
        return next;
    }

    private Next receive() {
        if (closed || Thread.currentThread().isInterrupted()) {
            return new Next.Failed(new RpcFailure.Cancelled());
        }
        int maxFrame = 1 + Math.max(bounds.itemBytes(), RpcProtocol.MAX_ERROR_FRAME);
        try {
            return switch (FrameReader.read(in, maxFrame)) {
                case Decoded.Ok<Frame>(Frame frame) -> accept(frame);
                case Decoded.Refused<Frame>(Refusal refusal) -> refusedBytes(refusal);
            };
        } catch (IOException e) {
            return new Next.Failed(StreamFailures.of(e, closed));
        }
    }

    private Next accept(Frame frame) {
        return switch (frame) {
            case Frame.Item(Bytes body) -> accept(body);
            case Frame.End() -> new Next.End();
            case Frame.Failure failure ->
                new Next.Failed(new RpcFailure.Refused(failure.code(), failure.detail(), failure.retryAfter()));
            case Frame.Request _ -> broken(Refusal.Kind.WRONG_TYPE, "a request where an answer is due");
        };
    }

    private Next accept(Bytes body) {
        items++;
        bytes += body.size();
        meter.count(RpcMeter.RECEIVED, body.size());
        if (items > bounds.items()) {
            return broken(Refusal.Kind.TOO_MANY, "more than " + bounds.items() + " items");
        }
        if (body.size() > bounds.itemBytes()) {
            return broken(Refusal.Kind.TOO_LONG, "item of " + body.size() + " bytes");
        }
        if (bytes > bounds.totalBytes()) {
            return broken(Refusal.Kind.TOO_LONG, "answer of more than " + bounds.totalBytes() + " bytes");
        }
        return new Next.Item(body);
    }

    private Next refusedBytes(Refusal refusal) {
        return closed ? new Next.Failed(new RpcFailure.Cancelled()) : broken(refusal.kind(), refusal.detail());
    }

    private Next broken(Refusal.Kind kind, String detail) {
        meter.count(RpcMeter.malformed(kind), 1);
        return new Next.Failed(new RpcFailure.Broken(new Refusal(kind, detail)));
    }

    private void end(Next how) {
        if (how instanceof Next.End
                || (how instanceof Next.Failed(RpcFailure failure) && failure instanceof RpcFailure.Refused)) {
            stream.close();
        } else {
            stream.reset();
        }
        whenEnded.accept(this);
    }

    @Override
    public void close() {
        closed = true;
        stream.reset();
        whenEnded.accept(this);
    }
}
