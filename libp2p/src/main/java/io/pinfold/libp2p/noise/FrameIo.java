package io.pinfold.libp2p.noise;

import io.pinfold.libp2p.transport.HandshakeException;
import io.pinfold.libp2p.transport.HandshakeException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Handshake messages on the wire: two bytes of length, big-endian, and the message. */
final class FrameIo {

    /** Longest handshake message read; the specification allows 65,535, peers send less than 2,048. */
    static final int MAX_HANDSHAKE = 8192;

    private FrameIo() {}

    static void write(OutputStream out, byte[] message) throws IOException {
        byte[] frame = new byte[2 + message.length];
        frame[0] = (byte) (message.length >>> 8);
        frame[1] = (byte) message.length;
        System.arraycopy(message, 0, frame, 2, message.length);
        out.write(frame);
        out.flush();
    }

    static byte[] read(InputStream in) throws IOException {
        byte[] head = in.readNBytes(2);
        if (head.length < 2) {
            throw new HandshakeException(Reason.TRUNCATED, "no handshake message");
        }
        int length = ((head[0] & 0xff) << 8) | (head[1] & 0xff);
        if (length > MAX_HANDSHAKE) {
            throw new HandshakeException(Reason.TOO_LONG, "a handshake message of " + length + " bytes");
        }
        byte[] message = in.readNBytes(length);
        if (message.length < length) {
            throw new HandshakeException(Reason.TRUNCATED, "half a handshake message");
        }
        return message;
    }
}
