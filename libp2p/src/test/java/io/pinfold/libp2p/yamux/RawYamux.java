package io.pinfold.libp2p.yamux;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The other side of a session, on which a test writes and reads frames by hand; it dialled. */
public final class RawYamux {

    private final InputStream in;
    private final OutputStream out;

    /** Frames on a link, or on a channel above it. */
    public RawYamux(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    RawYamux frame(int type, int flags, int stream, long length) throws IOException {
        return frame(type, flags, stream, length, new byte[0]);
    }

    RawYamux frame(int type, int flags, int stream, long length, byte[] data) throws IOException {
        byte[] frame = new byte[FrameHeader.SIZE + data.length];
        new FrameHeader(type, flags, stream, (int) length).put(frame, 0);
        System.arraycopy(data, 0, frame, FrameHeader.SIZE, data.length);
        out.write(frame);
        return this;
    }

    RawYamux bytes(byte... bytes) throws IOException {
        out.write(bytes);
        return this;
    }

    /** Opens a stream. */
    public RawYamux open(int stream) throws IOException {
        return frame(FrameHeader.TYPE_WINDOW_UPDATE, FrameHeader.SYN, stream, 0);
    }

    /** Resets a stream. */
    public RawYamux reset(int stream) throws IOException {
        return frame(FrameHeader.TYPE_WINDOW_UPDATE, FrameHeader.RST, stream, 0);
    }

    /** Sends data. */
    public RawYamux data(int stream, int flags, byte... data) throws IOException {
        return frame(FrameHeader.TYPE_DATA, flags, stream, data.length, data);
    }

    /** The next frame's header; its data is passed over. */
    FrameHeader next() throws IOException {
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

    /** Waits until {@code stream} is reset; other frames are passed over. */
    public void awaitReset(int stream) throws IOException {
        FrameHeader frame = nextOf(stream);
        while (!frame.has(FrameHeader.RST)) {
            frame = nextOf(stream);
        }
    }

    /** The next frame of {@code stream}; others are passed over. */
    FrameHeader nextOf(int stream) throws IOException {
        FrameHeader frame = next();
        while (frame.stream() != stream) {
            frame = next();
        }
        return frame;
    }
}
