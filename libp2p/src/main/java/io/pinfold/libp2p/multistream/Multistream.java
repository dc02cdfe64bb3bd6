package io.pinfold.libp2p.multistream;

import io.pinfold.libp2p.transport.HandshakeException;
import io.pinfold.libp2p.transport.HandshakeException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Predicate;

/**
 * Negotiates the protocol of a link or stream.
 *
 * <p>Reads no byte behind the negotiation. Blocks; time is bounded by whoever closes or times out the streams.
 */
public final class Multistream {

    /** The name of the negotiation itself, which both sides say first. */
    public static final String PROTOCOL = "/multistream/1.0.0";
    /** Most proposals that a responder answers in one negotiation. */
    public static final int MAX_PROPOSALS = 16;

    private static final String NOT_AVAILABLE = "na";

    private Multistream() {}

    /** The bytes that each side says first. */
    public static byte[] greeting() {
        return Line.encode(PROTOCOL);
    }

    /**
     * Proposes {@code protocols} one after the other, and returns the first that the other side speaks.
     *
     * @throws HandshakeException {@link Reason#NO_COMMON_PROTOCOL} if it speaks none
     */
    public static String propose(InputStream in, OutputStream out, List<String> protocols) throws IOException {
        out.write(Line.encode(PROTOCOL, protocols.getFirst()));
        out.flush();
        readHeader(in);
        for (int i = 0; i < protocols.size(); i++) {
            if (i > 0) {
                out.write(Line.encode(protocols.get(i)));
                out.flush();
            }
            if (accepted(in, protocols.get(i))) {
                return protocols.get(i);
            }
        }
        throw new HandshakeException(Reason.NO_COMMON_PROTOCOL, "not spoken: " + protocols);
    }

    /**
     * Says that {@code protocol} will be spoken without waiting for the answer, and returns the input that follows the
     * answer, which is checked at the first read.
     *
     * <p>For peers that are known to speak it; if one does not after all, reads fail with
     * {@link Reason#NO_COMMON_PROTOCOL}.
     */
    public static InputStream announce(InputStream in, OutputStream out, String protocol) throws IOException {
        out.write(Line.encode(PROTOCOL, protocol));
        out.flush();
        return new AnsweredInput(in, protocol);
    }

    /**
     * Answers proposals until one names a protocol that {@code spoken} holds for, and returns it.
     *
     * @throws HandshakeException if the other side gives up or breaks the rules
     */
    public static String answer(InputStream in, OutputStream out, Predicate<String> spoken) throws IOException {
        readHeader(in);
        boolean headerSent = in.available() == 0;
        if (headerSent) {
            out.write(Line.encode(PROTOCOL));
            out.flush();
        }
        for (int i = 0; i < MAX_PROPOSALS; i++) {
            String proposal = Line.read(in);
            boolean agreed = spoken.test(proposal);
            String reply = agreed ? proposal : NOT_AVAILABLE;
            out.write(headerSent ? Line.encode(reply) : Line.encode(PROTOCOL, reply));
            out.flush();
            headerSent = true;
            if (agreed) {
                return proposal;
            }
        }
        throw new HandshakeException(Reason.TOO_MANY, "more than " + MAX_PROPOSALS + " proposals");
    }

    static void readHeader(InputStream in) throws IOException {
        String header = Line.read(in);
        if (!header.equals(PROTOCOL)) {
            throw new HandshakeException(Reason.MALFORMED, "no multistream header");
        }
    }

    static boolean accepted(InputStream in, String proposal) throws IOException {
        String answer = Line.read(in);
        if (!answer.equals(proposal) && !answer.equals(NOT_AVAILABLE)) {
            throw new HandshakeException(Reason.MALFORMED, "the answer to a proposal is neither it nor na");
        }
        return answer.equals(proposal);
    }
}
