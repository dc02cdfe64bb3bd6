package io.pinfold.libp2p.noise;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Encrypts what goes out on a secure channel: each write is sent at once, in as few messages as it takes.
 *
 * <p>For one thread at a time. The buffer grows to the largest message sent, at most 64 KiB.
 */
final class NoiseOutput extends OutputStream {

    private static final int LENGTH_SIZE = 2;
    private static final byte[] NOTHING = {};

    private final OutputStream out;
    private final CipherState cipher;
    private byte[] buffer = NOTHING;

    NoiseOutput(OutputStream out, CipherState cipher) {
        this.out = out;
        this.cipher = cipher;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        for (int done = 0; done < length;) {
            int count = Math.min(length - done, NoiseChannel.MAX_PLAINTEXT);
            writeMessage(source, offset + done, count);
            done += count;
        }
    }

    private void writeMessage(byte[] source, int offset, int length) throws IOException {
        int size = length + CipherState.TAG_SIZE;
        if (buffer.length < LENGTH_SIZE + size) {
            buffer = new byte[LENGTH_SIZE + size];
        }
        buffer[0] = (byte) (size >>> 8);
        buffer[1] = (byte) size;
        cipher.encrypt(NOTHING, source, offset, length, buffer, LENGTH_SIZE);
        out.write(buffer, 0, LENGTH_SIZE + size);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
