package io.pinfold.rpc.frame;

import java.io.IOException;
import java.io.OutputStream;

/** Writes frames, each with one call of {@code write}. */
public final class FrameWriter {

    private FrameWriter() {}

    /** Writes {@code frame}. */
    public static void write(OutputStream out, Frame frame) throws IOException {
        out.write(FrameCodec.encode(frame));
    }
}
