package io.pinfold.ipfsnode.bitswap.wire;

import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.limit.Deadline;
import io.pinfold.libp2p.limit.MemoryBudget;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.MalformedVarintException;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.Varint;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Arrays;

/**
 * Reads the messages that come on a stream, one after the other.
 *
 * <p>Between messages it waits without end; once a message has begun, each piece of it has to come within
 * {@code pieceTimeout} and all of it within {@link #WHOLE_TIMES} of that. Memory is taken from a budget as the bytes
 * come, not as they are announced, and given back with {@link #release}.
 */
public final class FrameReader {

    /** How many times the time for a piece the whole message may take. */
    public static final int WHOLE_TIMES = 10;
    /** Memory for a message that has just begun; doubled as its bytes come. */
    static final int FIRST_PIECE = 64 << 10;

    private final Stream stream;
    private final InputStream in;
    private final MemoryBudget budget;
    private final Duration pieceTimeout;
    private byte[] buffer = {};

    /** What reading came to. */
    public sealed interface Frame {

        /** A message. */
        record Arrived(Message message, int size) implements Frame {}

        /** The stream ended between two messages. */
        record Ended() implements Frame {}

        /** What came is no message that we take. */
        record Refused(Refusal refusal) implements Frame {}

        /** There is no memory for it now. */
        record NoMemory() implements Frame {}
    }

    /** Reads {@code stream}, with memory of {@code budget}. */
    public FrameReader(Stream stream, MemoryBudget budget, Duration pieceTimeout) {
        this.stream = stream;
        in = stream.input();
        this.budget = budget;
        this.pieceTimeout = pieceTimeout;
    }

    /** Reads the next message; an {@link IOException} if the stream breaks or the peer is too slow. */
    public Frame next() throws IOException {
        stream.setTimeout(Duration.ZERO);
        int first = in.read();
        if (first < 0) {
            return new Frame.Ended();
        }
        Deadline deadline = Deadline.after(pieceTimeout.multipliedBy(WHOLE_TIMES));
        stream.setTimeout(pieceTimeout);
        int length;
        try {
            length = (int) Varint.read(first < 0x80 ? one(first) : new SequenceInputStream(one(first), in),
                    Message.MAX_SIZE);
        } catch (MalformedVarintException e) {
            return new Frame.Refused(new Refusal(Kind.TOO_LONG, "a message's length: " + e.refusal().detail()));
        }
        if (!fill(length, deadline)) {
            return new Frame.NoMemory();
        }
        return switch (MessageDecoder.decode(buffer, length)) {
            case Decoded.Ok<Message>(Message message) -> new Frame.Arrived(message, length);
            case Decoded.Refused<Message>(Refusal refusal) -> new Frame.Refused(refusal);
        };
    }

    private static InputStream one(int first) {
        return new ByteArrayInputStream(new byte[]{(byte) first});
    }

    /** Reads {@code length} bytes into the buffer; false if there is no memory for them. */
    private boolean fill(int length, Deadline deadline) throws IOException {
        int filled = 0;
        while (filled < length) {
            if (filled == buffer.length && !grow(length)) {
                return false;
            }
            int count = in.read(buffer, filled, Math.min(length, buffer.length) - filled);
            if (count < 0) {
                throw new EOFException("half a message");
            }
            if (deadline.passed()) {
                throw new IOException("a message came too slowly");
            }
            filled += count;
        }
        return true;
    }

    private boolean grow(int length) {
        int larger = Math.min(length, Math.max(FIRST_PIECE, 4 * buffer.length));
        if (!budget.reserve(larger - buffer.length)) {
            return false;
        }
        buffer = Arrays.copyOf(buffer, larger);
        return true;
    }

    /** Gives back the memory, once the message has been dealt with; reading may go on. */
    public void release() {
        budget.release(buffer.length);
        buffer = new byte[0];
    }
}
