package io.pinfold.libp2p.pnet;

import io.pinfold.libp2p.transport.HandshakeException;
import io.pinfold.libp2p.transport.HandshakeException.Reason;
import java.io.IOException;
import java.io.InputStream;

/**
 * An input that has to begin with what every peer says first; another key makes nonsense of it, which is seen at the first
 * wrong byte and not when a nonsensical length has been waited for.
 */
final class CheckedInput extends InputStream {

    private final InputStream in;
    private final byte[] expected;
    private int checked;

    CheckedInput(InputStream in, byte[] expected) {
        this.in = in;
        this.expected = expected;
    }

    @Override
    public int read() throws IOException {
        int next = in.read();
        if (checked < expected.length && next >= 0) {
            check((byte) next);
        }
        return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        for (int i = 0; i < count && checked < expected.length; i++) {
            check(target[offset + i]);
        }
        return count;
    }

    private void check(byte next) throws HandshakeException {
        if (next != expected[checked++]) {
            throw new HandshakeException(Reason.WRONG_NETWORK, "another pre-shared key, or none");
        }
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }
}
