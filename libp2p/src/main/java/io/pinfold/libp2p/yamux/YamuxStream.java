package io.pinfold.libp2p.yamux;

import io.pinfold.libp2p.limit.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;

/**
 * A stream of a session.
 *
 * <p>One thread may read while another writes. Closing both directions keeps what was written; what the peer still sends
 * is dropped, until it closes its side or the time for lingering is over.
 */
public final class YamuxStream implements AutoCloseable {

    /** Most data in a frame, so that frame and header fill one message of the channel below. */
    static final int MAX_DATA = FrameWriter.BUFFER - FrameHeader.SIZE;

    private final YamuxSession session;
    private final int id;
    private final ReceiveSide receive;
    private final SendSide send = new SendSide();
    private final InputStream input = new Input();
    private final OutputStream output = new Output();
    private volatile Duration timeout = Duration.ZERO;
    private volatile Deadline lingering = Deadline.NEVER;

    YamuxStream(YamuxSession session, int id, ReceiveSide receive) {
        this.session = session;
        this.id = id;
        this.receive = receive;
    }

    int id() {
        return id;
    }

    ReceiveSide receive() {
        return receive;
    }

    SendSide send() {
        return send;
    }

    /** What the peer sends. */
    public InputStream input() {
        return input;
    }

    /** What we send; each write is at least one frame. */
    public OutputStream output() {
        return output;
    }

    /** Bounds each later read and write; zero for none. */
    public void setTimeout(Duration newTimeout) {
        timeout = newTimeout;
        receive.setTimeout(newTimeout);
    }

    /** Says that we send no more. */
    public void closeWrite() {
        if (send.finish()) {
            session.sendEnd(this);
        }
    }

    /** Ends the stream at once in both directions. */
    public void reset() {
        session.reset(this, "reset by us");
        receive.abandon();
    }

    @Override
    public void close() {
        lingering = session.lingerDeadline();
        receive.abandon();
        closeWrite();
    }

    /** Whether both sides said that they send no more. */
    boolean isOver() {
        return send.hasFinished() && receive.hasEnded();
    }

    /** Whether we closed the stream long ago and the peer did not. */
    boolean hasLingered() {
        return lingering.passed();
    }

    /** Wakes whoever reads or writes; they fail for {@code reason}. */
    void fail(String reason) {
        receive.fail(reason);
        send.fail(reason);
    }

    private final class Input extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            ReceiveSide.Taken taken = receive.read(target, offset, length, session.roundTripNanos());
            if (taken.windowIncrease() > 0) {
                session.increaseWindow(YamuxStream.this, taken.windowIncrease());
            }
            return taken.count();
        }

        @Override
        public int available() {
            return receive.available();
        }
    }

    private final class Output extends OutputStream {

        @Override
        public void write(int b) throws IOException {
            write(new byte[]{(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            Deadline deadline = Deadline.after(timeout);
            for (int done = 0; done < length;) {
                int count = send.claim(Math.min(length - done, MAX_DATA), deadline);
                byte[] piece = Arrays.copyOfRange(source, offset + done, offset + done + count);
                boolean sent = false;
                try {
                    session.sendData(YamuxStream.this, piece, deadline);
                    sent = true;
                } finally {
                    if (!sent) {
                        send.refund(count);
                    }
                }
                done += count;
            }
        }
    }
}
