package io.pinfold.libp2p;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Varint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Optional;

/** Messages behind their length as a varint. */
public final class Delimited {

    private Delimited() {}

    /** Writes {@code message} behind its length, as one write. */
    public static void write(OutputStream out, Bytes message) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream(message.size() + Varint.MAX_SIZE);
        target.writeBytes(Varint.encode(message.size()));
        target.writeBytes(message.toArray());
        out.write(target.toByteArray());
    }

    /**
     * Reads a message of at most {@code max} bytes; memory is taken as they come.
     *
     * @throws io.pinfold.multiformats.MalformedVarintException if the length is malformed or above {@code max}
     * @throws EOFException if the stream ends before the message does
     */
    public static Bytes read(InputStream in, int max) throws IOException {
        return body(in, (int) Varint.read(in, max));
    }

    /** Reads a message like {@link #read(InputStream, int)}, or nothing if the stream has ended before it. */
    public static Optional<Bytes> readNext(InputStream in, int max) throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(new byte[]{(byte) first}), in);
        return Optional.of(body(in, (int) Varint.read(whole, max)));
    }

    private static Bytes body(InputStream in, int length) throws IOException {
        byte[] message = in.readNBytes(length);
        if (message.length < length) {
            throw new EOFException("half a message");
        }
        return Bytes.copyOf(message);
    }
}
