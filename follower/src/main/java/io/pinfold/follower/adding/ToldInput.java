package io.pinfold.follower.adding;

import io.pinfold.follower.view.Added;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Tells how much of a file has come, every so many bytes and at its end. */
final class ToldInput extends FilterInputStream {

    /** The bytes after which it is told again. */
    static final long STEP = 1 << 20;

    private final String name;
    private final Consumer<? super Added> each;
    private long bytes;
    private long told;

    ToldInput(InputStream in, String name, Consumer<? super Added> each) {
        super(in);
        this.name = name;
        this.each = each;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? -1 : 1);
        return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        count(count);
        return count;
    }

    private void count(int more) {
        bytes += Math.max(more, 0);
        if (bytes - told >= STEP || (more < 0 && bytes > told)) {
            told = bytes;
            each.accept(new Added.Progress(name, bytes));
        }
    }
}
