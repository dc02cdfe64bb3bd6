package io.pinfold.libp2p.noise;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import javax.crypto.AEADBadTagException;

/**
 * Decrypts what comes in on a secure channel.
 *
 * <p>For one thread at a time. The buffer grows to the largest message that came, at most 64 KiB. The end of the link
 * between two messages is the end of this stream; within a message it is an {@link EOFException}, and a message that is
 * not authentic a {@link TamperedException}.
 */
final class NoiseInput extends InputStream {

    private static final byte[] NOTHING = {};

    private final InputStream in;
    private final CipherState cipher;
    private byte[] buffer = NOTHING;
    private int position;
    private int limit;

    NoiseInput(InputStream in, CipherState cipher) {
        this.in = in;
        this.cipher = cipher;
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return limit - position;
    }

    private boolean fill() throws IOException {
        while (position == limit) {
            int length = readLength();
            if (length < 0) {
                return false;
            }
            if (buffer.length < length) {
                buffer = new byte[length];
            }
            if (in.readNBytes(buffer, 0, length) < length) {
                throw new EOFException("half a message");
            }
            try {
                limit = cipher.decrypt(NOTHING, buffer, 0, length, buffer, 0);
            } catch (AEADBadTagException e) {
                throw new TamperedException();
            }
            position = 0;
        }
        return true;
    }

    private int readLength() throws IOException {
        int high = in.read();
        if (high < 0) {
            return -1;
        }
        int low = in.read();
        if (low < 0) {
            throw new EOFException("half a length");
        }
        return (high << 8) | low;
    }
}
