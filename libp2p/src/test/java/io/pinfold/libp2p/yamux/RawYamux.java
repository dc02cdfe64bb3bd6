package io.pinfold.libp2p.yamux;

import io.pinfold.libp2p.sim.Duplex;
import java.io.IOException;
import java.io.InputStream;

/** The other side of a session, on which a test writes and reads frames by hand; it dialled. */
final class RawYamux {

    private final Duplex link;

    RawYamux(Duplex link) {
        this.link = link;
    }

    RawYamux frame(int type, int flags, int stream, long length) throws IOException {
        return frame(type, flags, stream, length, new byte[0]);
    }

    RawYamux frame(int type, int flags, int stream, long length, byte[] data) throws IOException {
        byte[] frame = new byte[FrameHeader.SIZE + data.length];
        new FrameHeader(type, flags, stream, (int) length).put(frame, 0);
        System.arraycopy(data, 0, frame, FrameHeader.SIZE, data.length);
        link.output().write(frame);
        return this;
    }

    RawYamux bytes(byte... bytes) throws IOException {
        link.output().write(bytes);
        return this;
    }

    RawYamux open(int stream) throws IOException {
        return frame(FrameHeader.TYPE_WINDOW_UPDATE, FrameHeader.SYN, stream, 0);
    }

    RawYamux reset(int stream) throws IOException {
        return frame(FrameHeader.TYPE_WINDOW_UPDATE, FrameHeader.RST, stream, 0);
    }

    RawYamux data(int stream, int flags, byte... data) throws IOException {
        return frame(FrameHeader.TYPE_DATA, flags, stream, data.length, data);
    }

    /** The next frame's header; its data is passed over. */
    FrameHeader next() throws IOException {
        InputStream in = link.input();
        byte[] header = in.readNBytes(FrameHeader.SIZE);
        if (header.length < FrameHeader.SIZE) {
            throw new IOException("the session is over");
        }
        FrameHeader frame = FrameHeader.parse(header);
        if (frame.type() == FrameHeader.TYPE_DATA) {
            in.skipNBytes(frame.length());
        }
        return frame;
    }

    /** The next frame of {@code type}; others are passed over. */
    FrameHeader next(int type) throws IOException {
        FrameHeader frame = next();
        while (frame.type() != type) {
            frame = next();
        }
        return frame;
    }

    /** The next frame of {@code stream}; others are passed over. */
    FrameHeader nextOf(int stream) throws IOException {
        FrameHeader frame = next();
        while (frame.stream() != stream) {
            frame = next();
        }
        return frame;
    }

    void closeWrite() {
        link.closeWrite();
    }
}
