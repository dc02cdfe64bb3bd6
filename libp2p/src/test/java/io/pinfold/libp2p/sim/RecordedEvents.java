package io.pinfold.libp2p.sim;

import io.pinfold.libp2p.HostListener;
import io.pinfold.multiformats.PeerId;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener that keeps what it hears, for a test to wait for. */
public final class RecordedEvents implements HostListener {

    private static final long PATIENCE_SECONDS = 20;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Override
    public void connected(PeerId peer) {
        heard.add("connected " + peer);
    }

    @Override
    public void identified(PeerId peer) {
        heard.add("identified " + peer);
    }

    @Override
    public void disconnected(PeerId peer) {
        heard.add("disconnected " + peer);
    }

    /** The next event, as in {@code "connected 12D3…"}; a test that waits too long fails. */
    public String next() throws InterruptedException {
        String event = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event in " + PATIENCE_SECONDS + " s");
        }
        return event;
    }
}
