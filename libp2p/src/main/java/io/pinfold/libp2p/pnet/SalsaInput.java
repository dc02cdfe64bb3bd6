package io.pinfold.libp2p.pnet;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Decrypts what comes in, behind a nonce of 24 bytes. For one thread at a time. */
final class SalsaInput extends InputStream {

    private final InputStream in;
    private final PreSharedKey key;
    private @Nullable Salsa salsa;

    SalsaInput(InputStream in, PreSharedKey key) {
        this.in = in;
        this.key = key;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Salsa stream = salsa;
        if (stream == null) {
            stream = new Salsa(key, readNonce());
            salsa = stream;
        }
        int count = in.read(target, offset, length);
        if (count > 0) {
            stream.apply(target, offset, count, target, offset);
        }
        return count;
    }

    private byte[] readNonce() throws IOException {
        byte[] nonce = in.readNBytes(Salsa.NONCE_SIZE);
        if (nonce.length < Salsa.NONCE_SIZE) {
            throw new EOFException("the link ended before the nonce did");
        }
        return nonce;
    }

    @Override
    public int available() throws IOException {
        return Math.max(0, in.available() - (salsa == null ? Salsa.NONCE_SIZE : 0));
    }
}
