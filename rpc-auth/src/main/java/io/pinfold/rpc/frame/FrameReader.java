package io.pinfold.rpc.frame;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.MalformedVarintException;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.Varint;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads frames in stages: length against its bound, then the bytes, then their meaning.
 *
 * <p>Memory grows with the bytes that arrive, never with the length that a frame claims.
 */
public final class FrameReader {

    private FrameReader() {}

    /** Reads the next frame, of at most {@code maxBytes} behind its length; a stream that ends first is truncated. */
    public static Decoded<Frame> read(InputStream in, int maxBytes) throws IOException {
        int length;
        try {
            length = (int) Varint.read(in, maxBytes);
        } catch (EOFException e) {
            return Decoded.refused(Refusal.Kind.TRUNCATED, "the stream ends before a frame's length does");
        } catch (MalformedVarintException e) {
            return new Decoded.Refused<>(e.refusal());
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            return Decoded.refused(Refusal.Kind.TRUNCATED, "frame of " + length + " bytes ends after " + bytes.length);
        }
        return FrameCodec.decode(bytes);
    }

    /** Whether the stream ends here, as it must behind a request. */
    public static Decoded<Boolean> readEnd(InputStream in) throws IOException {
        return in.read() < 0
                ? Decoded.ok(true)
                : Decoded.refused(Refusal.Kind.TRAILING, "bytes behind the request frame");
    }
}
