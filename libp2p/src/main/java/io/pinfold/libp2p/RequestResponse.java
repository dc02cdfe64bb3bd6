package io.pinfold.libp2p;

import io.pinfold.libp2p.limit.Deadline;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.MalformedVarintException;
import io.pinfold.multiformats.PeerId;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/**
 * One request and one response on a stream of their own, each behind its length as a varint.
 *
 * <p>The deadline spans the whole exchange, however slowly the other side drips its bytes.
 */
public final class RequestResponse {

    private RequestResponse() {}

    /**
     * Bounds of an exchange.
     *
     * @param maxRequest bytes of a request
     * @param maxResponse bytes of a response
     * @param timeout for the whole exchange, opening the stream included
     */
    public record Limits(int maxRequest, int maxResponse, Duration timeout) {

        public Limits {
            if (maxRequest < 0 || maxResponse < 0 || !timeout.isPositive()) {
                throw new IllegalArgumentException("sizes are not negative, the timeout is positive");
            }
        }
    }

    /** What a request came to. */
    public sealed interface Outcome {

        /** The peer answered. */
        record Answered(Bytes response) implements Outcome {}

        /** No stream could be opened. */
        record NotOpened(OpenResult result) implements Outcome {}

        /** There was no answer. */
        record Failed(Reason reason, String detail) implements Outcome {}
    }

    /** Why there was no answer. */
    public enum Reason {
        /** The time was over. */
        TIMEOUT,
        /** The request, or the answer, is longer than its bound. */
        TOO_LONG,
        /** The stream broke, or the peer refused by resetting it. */
        BROKEN
    }

    /** Asks {@code peer} on {@code protocol}. */
    public static Outcome ask(Host host, PeerId peer, String protocol, Bytes request, Limits limits) {
        if (request.size() > limits.maxRequest) {
            return new Outcome.Failed(Reason.TOO_LONG, "a request of " + request.size() + " bytes");
        }
        Deadline deadline = Deadline.after(limits.timeout);
        return switch (host.open(peer, List.of(protocol), limits.timeout)) {
            case OpenResult.Opened(Stream stream) -> exchange(stream, request, limits, deadline);
            case OpenResult other -> new Outcome.NotOpened(other);
        };
    }

    private static Outcome exchange(Stream stream, Bytes request, Limits limits, Deadline deadline) {
        boolean done = false;
        try {
            stream.setTimeout(deadline.left());
            Delimited.write(stream.output(), request);
            stream.closeWrite();
            Bytes response = Delimited.read(new DeadlineInput(stream, deadline), limits.maxResponse);
            stream.close();
            done = true;
            return new Outcome.Answered(response);
        } catch (SocketTimeoutException e) {
            return new Outcome.Failed(Reason.TIMEOUT, "no answer in " + limits.timeout);
        } catch (MalformedVarintException e) {
            return new Outcome.Failed(Reason.TOO_LONG, e.refusal().detail());
        } catch (IOException e) {
            return new Outcome.Failed(Reason.BROKEN, String.valueOf(e.getMessage()));
        } finally {
            if (!done) {
                stream.reset();
            }
        }
    }

    /**
     * A handler that answers requests by {@code service}, which gets the peer and the request; an exception of its, or a
     * response above the bound, resets the stream.
     */
    public static StreamHandler serve(Limits limits, BiFunction<PeerId, Bytes, Bytes> service) {
        return stream -> {
            Deadline deadline = Deadline.after(limits.timeout);
            Bytes request = Delimited.read(new DeadlineInput(stream, deadline), limits.maxRequest);
            Bytes response = service.apply(stream.remotePeer(), request);
            if (response.size() > limits.maxResponse) {
                throw new IOException("a response of " + response.size() + " bytes");
            }
            stream.setTimeout(deadline.left());
            Delimited.write(stream.output(), response);
        };
    }
}
