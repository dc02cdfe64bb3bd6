package io.pinfold.libp2p.yamux;

import io.pinfold.libp2p.yamux.YamuxException.Violation;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a session's frames and does what they say. Never waits for anything but the link.
 *
 * <p>Memory is taken for data that came, not for what a header promises.
 */
final class FrameReader {

    private static final int PIECE = 32 * 1024;

    private final YamuxSession session;
    private final InputStream in;
    private final StreamTable table;
    private final StreamEnds ends;
    private final Outbox outbox;
    private final Liveness liveness;
    private final Predicate<YamuxStream> acceptor;
    private final byte[] header = new byte[FrameHeader.SIZE];
    private byte[] piece = new byte[512];

    FrameReader(YamuxSession session, InputStream in, StreamTable table, StreamEnds ends, Outbox outbox,
            Liveness liveness, Predicate<YamuxStream> acceptor) {
        this.session = session;
        this.in = in;
        this.table = table;
        this.ends = ends;
        this.outbox = outbox;
        this.liveness = liveness;
        this.acceptor = acceptor;
    }

    /** Reads until the link or the session ends, and says why it did. */
    String run() throws IOException {
        while (true) {
            int size = in.readNBytes(header, 0, FrameHeader.SIZE);
            if (size == 0) {
                return "the peer closed the link";
            }
            if (size < FrameHeader.SIZE) {
                throw new EOFException("half a header");
            }
            liveness.heard(System.nanoTime());
            FrameHeader frame = FrameHeader.parse(header);
            switch (frame.type()) {
                case FrameHeader.TYPE_DATA, FrameHeader.TYPE_WINDOW_UPDATE -> streamFrame(frame);
                case FrameHeader.TYPE_PING -> ping(frame);
                default -> {
                    requireSession(frame);
                    if (frame.length() != FrameHeader.GO_AWAY_NORMAL) {
                        return "the peer went away with code " + frame.unsignedLength();
                    }
                    table.close();
                }
            }
        }
    }

    private void ping(FrameHeader frame) throws YamuxException {
        requireSession(frame);
        if (frame.has(FrameHeader.SYN)) {
            outbox.answer(
                    new FrameHeader(FrameHeader.TYPE_PING, FrameHeader.ACK, FrameHeader.SESSION, frame.length()));
        } else if (frame.has(FrameHeader.ACK)) {
            liveness.answered(frame.length(), System.nanoTime());
        }
    }

    private static void requireSession(FrameHeader frame) throws YamuxException {
        if (frame.stream() != FrameHeader.SESSION) {
            throw new YamuxException(Violation.NOT_THE_SESSION, "type " + frame.type());
        }
    }

    private void streamFrame(FrameHeader frame) throws IOException {
        YamuxStream stream = frame.has(FrameHeader.SYN) ? accept(frame.stream()) : table.find(frame.stream());
        if (stream != null && frame.has(FrameHeader.ACK)) {
            table.acknowledged(frame.stream());
        }
        if (frame.type() == FrameHeader.TYPE_DATA) {
            data(stream, frame.unsignedLength());
        } else if (stream != null && !frame.has(FrameHeader.RST)) {
            stream.send().increase(frame.unsignedLength());
        }
        if (stream == null) {
            return;
        }
        if (frame.has(FrameHeader.RST)) {
            ends.resetByPeer(stream);
        } else if (frame.has(FrameHeader.FIN)) {
            stream.receive().end();
            ends.settle(stream);
        }
    }

    private @Nullable YamuxStream accept(int id) throws YamuxException {
        YamuxStream stream = table.accept(id, session::newStream);
        if (stream == null) {
            ends.refuse(id);
            return null;
        }
        outbox.answer(new FrameHeader(FrameHeader.TYPE_WINDOW_UPDATE, FrameHeader.ACK, id, 0));
        if (!acceptor.test(stream)) {
            table.remove(id);
            stream.fail("refused");
            ends.refuse(id);
            return null;
        }
        return stream;
    }

    private void data(@Nullable YamuxStream stream, long length) throws IOException {
        if (stream != null) {
            stream.receive().expect(length);
        } else if (length > session.maxWindow()) {
            throw new YamuxException(Violation.WINDOW_EXCEEDED, "a frame of " + length + " bytes");
        }
        YamuxStream target = stream;
        for (long left = length; left > 0;) {
            int count = in.read(piece(left), 0, (int) Math.min(left, piece.length));
            if (count < 0) {
                throw new EOFException("half a frame");
            }
            if (target != null && !target.receive().deliver(piece, 0, count)) {
                ends.outOfMemory(target);
                target = null;
            }
            left -= count;
        }
    }

    private byte[] piece(long wanted) {
        if (piece.length < wanted && piece.length < PIECE) {
            piece = new byte[(int) Math.min(PIECE, Long.highestOneBit(wanted) << 1)];
        }
        return piece;
    }
}
