package io.pinfold.libp2p.multistream;

import io.pinfold.libp2p.transport.HandshakeException;
import io.pinfold.libp2p.transport.HandshakeException.Reason;
import java.io.IOException;
import java.io.InputStream;

/**
 * The input behind a negotiation whose answer is still to come: reads take and check it before anything else.
 *
 * <p>Only one sequence of bytes agrees, so they are compared one by one, and a read that timed out is taken up again.
 */
final class AnsweredInput extends InputStream {

    private final InputStream in;
    private final byte[] agreement;
    private final int headerSize = Line.encode(Multistream.PROTOCOL).length;
    private int agreed;

    AnsweredInput(InputStream in, String protocol) {
        this.in = in;
        agreement = Line.encode(Multistream.PROTOCOL, protocol);
    }

    @Override
    public int read() throws IOException {
        takeAnswer();
        return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        takeAnswer();
        return in.read(target, offset, length);
    }

    @Override
    public int available() throws IOException {
        return agreed == agreement.length ? in.available() : 0;
    }

    private void takeAnswer() throws IOException {
        while (agreed < agreement.length) {
            int next = in.read();
            if (next < 0) {
                throw new HandshakeException(Reason.TRUNCATED, "no answer to a proposal");
            }
            if (next != (agreement[agreed] & 0xff)) {
                Reason reason = agreed < headerSize ? Reason.MALFORMED : Reason.NO_COMMON_PROTOCOL;
                throw new HandshakeException(reason, "the protocol was not agreed on");
            }
            agreed++;
        }
    }
}
