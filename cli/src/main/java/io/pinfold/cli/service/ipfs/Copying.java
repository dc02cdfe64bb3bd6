package io.pinfold.cli.service.ipfs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/** Moves bytes and tells how many. */
final class Copying {

    private static final int BUFFER = 256 << 10;

    private Copying() {}

    /** Copies all of {@code in}; {@code moved} hears of each piece. */
    static long copy(InputStream in, OutputStream out, LongConsumer moved) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long all = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            out.write(buffer, 0, count);
            moved.accept(count);
            all += count;
        }
        return all;
    }
}
