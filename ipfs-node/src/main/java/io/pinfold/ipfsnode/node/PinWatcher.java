package io.pinfold.ipfsnode.node;

import io.pinfold.ipfs.PinProgress;
import io.pinfold.ipfsnode.fetch.GraphWatcher;
import io.pinfold.ipfsnode.pins.PinSession;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;

/** Goes along with the walk of a pin: the session keeps what comes, and whoever asked for the pin hears how far it is. */
record PinWatcher(PinSession session, PinProgress progress) implements GraphWatcher {

    @Override
    public void relyOn(Multihash block) {
        session.relyOn(block);
    }

    @Override
    public void here(Cid cid, int bytes) {
        session.here(cid, bytes);
    }

    @Override
    public boolean admits(long bytes) {
        return session.admits(bytes);
    }

    @Override
    public void progress(long blocks, long bytes) {
        progress.at(blocks, bytes);
    }
}
