package io.pinfold.libp2p.sim;

import java.io.InputStream;
import java.io.OutputStream;

/** One end of a link in memory. */
public final class Duplex implements AutoCloseable {

    private final SimPipe inward;
    private final SimPipe outward;
    private final InputStream input;
    private final OutputStream output;

    private Duplex(SimPipe inward, SimPipe outward) {
        this.inward = inward;
        this.outward = outward;
        input = inward.input();
        output = outward.output();
    }

    /** The two ends of a link that holds {@code capacity} bytes in each direction. */
    public static Duplex[] pair(int capacity) {
        SimPipe there = new SimPipe(capacity);
        SimPipe back = new SimPipe(capacity);
        return new Duplex[]{new Duplex(back, there), new Duplex(there, back)};
    }

    /** What the other end writes. */
    public InputStream input() {
        return input;
    }

    /** What the other end reads. */
    public OutputStream output() {
        return output;
    }

    /** Says that no more is written; reading goes on. */
    public void closeWrite() {
        outward.end();
    }

    /** Closes both directions; the other end reads what was written, and then the end. */
    @Override
    public void close() {
        outward.end();
        inward.abandon();
    }
}
