package io.pinfold.libp2p.yamux;

import io.pinfold.libp2p.yamux.YamuxException.Violation;
import java.nio.ByteBuffer;

/**
 * The twelve bytes before each frame: version, type, flags, stream, length; big-endian.
 *
 * @param type one of the {@code TYPE} constants
 * @param flags any of the flag constants; others are passed over
 * @param stream 0 for the session, else odd if the dialler opened it and even if the listener did; unsigned
 * @param length of the data; or the increase of a window, a ping's value, the code of a go-away; unsigned
 */
record FrameHeader(int type, int flags, int stream, int length) {

    static final int SIZE = 12;

    static final int TYPE_DATA = 0;
    static final int TYPE_WINDOW_UPDATE = 1;
    static final int TYPE_PING = 2;
    static final int TYPE_GO_AWAY = 3;

    static final int SYN = 1;
    static final int ACK = 2;
    static final int FIN = 4;
    static final int RST = 8;

    /** Session over, nothing is wrong. */
    static final int GO_AWAY_NORMAL = 0;
    /** The other side broke the protocol. */
    static final int GO_AWAY_PROTOCOL_ERROR = 1;

    /** The stream that stands for the session. */
    static final int SESSION = 0;

    private static final int VERSION = 0;

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** {@link #length} as a number from 0. */
    long unsignedLength() {
        return Integer.toUnsignedLong(length);
    }

    /** Puts the header into {@code target} from {@code offset}. */
    void put(byte[] target, int offset) {
        ByteBuffer.wrap(target, offset, SIZE)
                .put((byte) VERSION)
                .put((byte) type)
                .putShort((short) flags)
                .putInt(stream)
                .putInt(length);
    }

    /** Reads the first {@link #SIZE} bytes of {@code source}. */
    static FrameHeader parse(byte[] source) throws YamuxException {
        if (source[0] != VERSION) {
            throw new YamuxException(Violation.UNKNOWN_VERSION, "version " + (source[0] & 0xff));
        }
        int type = source[1] & 0xff;
        if (type > TYPE_GO_AWAY) {
            throw new YamuxException(Violation.UNKNOWN_TYPE, "type " + type);
        }
        ByteBuffer rest = ByteBuffer.wrap(source, 2, SIZE - 2);
        return new FrameHeader(type, rest.getShort() & 0xffff, rest.getInt(), rest.getInt());
    }
}
