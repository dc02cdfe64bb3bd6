package io.pinfold.libp2p.sim;

import io.pinfold.libp2p.Stream;
import io.pinfold.multiformats.PeerId;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** One end of a simulated stream. */
final class SimStream implements Stream {

    private final PeerId remotePeer;
    private final String protocol;
    private final SimPipe inward;
    private final SimPipe outward;

    SimStream(PeerId remotePeer, String protocol, SimPipe inward, SimPipe outward) {
        this.remotePeer = remotePeer;
        this.protocol = protocol;
        this.inward = inward;
        this.outward = outward;
    }

    /** The other end, for {@code peer} as its remote. */
    SimStream opposite(PeerId peer) {
        return new SimStream(peer, protocol, outward, inward);
    }

    @Override
    public PeerId remotePeer() {
        return remotePeer;
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public InputStream input() {
        return inward.input();
    }

    @Override
    public OutputStream output() {
        return outward.output();
    }

    @Override
    public void setTimeout(Duration timeout) {
        inward.setReadTimeout(timeout);
        outward.setWriteTimeout(timeout);
    }

    @Override
    public void closeWrite() {
        outward.end();
    }

    @Override
    public void reset() {
        inward.reset();
        outward.reset();
    }

    @Override
    public void close() {
        inward.abandon();
        outward.end();
    }
}
