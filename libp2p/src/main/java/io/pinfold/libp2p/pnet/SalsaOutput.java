package io.pinfold.libp2p.pnet;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Encrypts what goes out, the first of it behind a fresh nonce of 24 bytes. For one thread at a time. */
final class SalsaOutput extends OutputStream {

    /** The greatest number of bytes that are encrypted and sent at once; a message of the channel above fits. */
    private static final int MAX_PIECE = 1 << 16;

    private final OutputStream out;
    private final PreSharedKey key;
    private final SecureRandom random;
    private byte[] buffer = {};
    private @Nullable Salsa salsa;

    SalsaOutput(OutputStream out, PreSharedKey key, SecureRandom random) {
        this.out = out;
        this.key = key;
        this.random = random;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Salsa stream = salsa;
        int head = 0;
        if (stream == null) {
            byte[] nonce = new byte[Salsa.NONCE_SIZE];
            random.nextBytes(nonce);
            stream = new Salsa(key, nonce);
            salsa = stream;
            head = Salsa.NONCE_SIZE;
            ensure(head + Math.min(length, MAX_PIECE));
            System.arraycopy(nonce, 0, buffer, 0, head);
        }
        for (int done = 0; done < length;) {
            int count = Math.min(length - done, MAX_PIECE);
            ensure(head + count);
            stream.apply(source, offset + done, count, buffer, head);
            out.write(buffer, 0, head + count);
            done += count;
            head = 0;
        }
    }

    private void ensure(int size) {
        if (buffer.length < size) {
            buffer = new byte[size];
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
