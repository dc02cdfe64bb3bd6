package io.pinfold.api.wire;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;

/**
 * A client's connection: requests one after another, each handed to the handler and answered, until either side ends
 * it. Runs on a thread of its own; {@link #close} from another thread ends it at once.
 */
public final class Connection implements Runnable, AutoCloseable {

    private static final int BUFFER = 8 * 1024;
    private static final int MOST_DRAINED = 64 << 20;
    private static final Duration DRAIN = Duration.ofSeconds(2);

    /** Answers requests; what it throws ends the connection. */
    @FunctionalInterface
    public interface Handler {

        /** Answers {@code exchange}, on the connection's thread. */
        void handle(Exchange exchange) throws IOException;
    }

    /** Answers what cannot be understood. */
    @FunctionalInterface
    public interface Refuser {

        /** The body of an answer of that status, and its type is JSON. */
        byte[] body(int status, String sentence);
    }

    /**
     * What a client may take.
     *
     * @param requestLine in bytes
     * @param header all lines together, in bytes
     * @param stall for the rest of a head, the next bytes of a body, or the client's reading of an answer
     * @param idle between requests
     */
    public record Bounds(int requestLine, int header, Duration stall, Duration idle) {}

    private final SocketChannel channel;
    private final Bounds bounds;
    private final Handler handler;
    private final Refuser refuser;
    private final Deadline deadline = new Deadline();

    public Connection(SocketChannel channel, Bounds bounds, Handler handler, Refuser refuser) {
        this.channel = channel;
        this.bounds = bounds;
        this.handler = handler;
        this.refuser = refuser;
    }

    /** Until when it may wait for its client; once over, it should be closed. */
    public Deadline deadline() {
        return deadline;
    }

    @Override
    public void run() {
        try (channel;
                InputStream in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
                OutputStream out = new BufferedOutputStream(new GuardedOutput(Channels.newOutputStream(channel),
                        deadline, bounds.stall()), BUFFER)) {
            HeadReader heads = new HeadReader(in, bounds.requestLine(), bounds.header());
            deadline.arm(bounds.stall());
            boolean more = true;
            while (more) {
                more = exchange(heads, in, out);
            }
        } catch (IOException _) {
            // the client went away, or waited too long: nothing is left to be told to it
        }
    }

    /** Handles one request; returns whether another may follow. */
    private boolean exchange(HeadReader heads, InputStream in, OutputStream out) throws IOException {
        int first = in.read();
        if (first < 0) {
            return false;
        }
        deadline.arm(bounds.stall());
        try {
            Head head = heads.read(first);
            BodyInput body = BodyInput.of(head, new GuardedInput(in, deadline, bounds.stall()));
            deadline.disarm();
            Exchange exchange = new Exchange(head, body, out);
            handler.handle(exchange);
            if (exchange.isLast()) {
                drain(in);
                return false;
            }
        } catch (BadRequestException e) {
            refuse(e, out);
            drain(in);
            return false;
        }
        deadline.arm(bounds.idle());
        return true;
    }

    private void refuse(BadRequestException refusal, OutputStream out) throws IOException {
        Head none = new Head("GET", "*", "", true, Map.of());
        new Exchange(none, BodyInput.of(none, InputStream.nullInputStream()), out).answer(refusal.status(),
                Map.of("Content-Type", "application/json"), refuser.body(refusal.status(), refusal.sentence()));
    }

    /** Reads on for a while after the last answer: closing earlier could take the answer away from the client. */
    private void drain(InputStream in) throws IOException {
        deadline.arm(DRAIN);
        channel.shutdownOutput();
        byte[] some = new byte[BUFFER];
        for (int left = MOST_DRAINED; left > 0;) {
            int count = in.read(some);
            if (count < 0) {
                return;
            }
            left -= count;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // it is closed, which is all that was asked
        }
    }
}
