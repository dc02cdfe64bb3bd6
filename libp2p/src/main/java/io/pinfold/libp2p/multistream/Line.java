package io.pinfold.libp2p.multistream;

import io.pinfold.libp2p.transport.HandshakeException;
import io.pinfold.libp2p.transport.HandshakeException.Reason;
import io.pinfold.multiformats.MalformedVarintException;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.Varint;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A message of multistream-select: its length as a varint, UTF-8 text, and a line feed, which the length counts. */
final class Line {

    /** Longest message, line feed included; protocol names are a few dozen bytes. */
    static final int MAX = 1024;

    private static final char END = '\n';

    private Line() {}

    /** The bytes of {@code lines}, one behind the other, to be sent as one write. */
    static byte[] encode(String... lines) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        for (String line : lines) {
            byte[] text = (line + END).getBytes(StandardCharsets.UTF_8);
            if (text.length > MAX) {
                throw new IllegalArgumentException("a protocol name of " + text.length + " bytes");
            }
            target.writeBytes(Varint.encode(text.length));
            target.writeBytes(text);
        }
        return target.toByteArray();
    }

    /** Reads a message, and no byte behind it. */
    static String read(InputStream in) throws IOException {
        int length = readLength(in);
        byte[] text = in.readNBytes(length);
        if (text.length < length) {
            throw new HandshakeException(Reason.TRUNCATED, "half a message");
        }
        if (length == 0 || text[length - 1] != END) {
            throw new HandshakeException(Reason.MALFORMED, "a message without line feed");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text, 0, length - 1)).toString();
        } catch (CharacterCodingException e) {
            throw new HandshakeException(Reason.MALFORMED, "a message that is not UTF-8", e);
        }
    }

    private static int readLength(InputStream in) throws IOException {
        try {
            return (int) Varint.read(in, MAX);
        } catch (EOFException e) {
            throw new HandshakeException(Reason.TRUNCATED, "no message", e);
        } catch (MalformedVarintException e) {
            Reason reason = e.refusal().kind() == Refusal.Kind.TOO_LONG ? Reason.TOO_LONG : Reason.MALFORMED;
            throw new HandshakeException(reason, e.refusal().detail(), e);
        }
    }
}
