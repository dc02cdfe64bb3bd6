package io.pinfold.follower.removal;

import io.pinfold.multiformats.Cid;
import java.util.Optional;

/** A standing on the chain that a test sets. */
public final class TestStanding implements ChainStanding {

    public volatile boolean stale;
    public volatile boolean behind;
    public long height = 1;
    /** The height up to which blocks are confirmed, and the one up to which they stand below an anchor. */
    public volatile long confirmed;
    public volatile long anchored;

    @Override
    public boolean stale() {
        return stale;
    }

    @Override
    public boolean behind() {
        return behind;
    }

    @Override
    public long height() {
        return height;
    }

    @Override
    public boolean confirmed(long at, Optional<Cid> block) {
        return at <= confirmed;
    }

    @Override
    public boolean anchored(long at, Optional<Cid> block) {
        return at <= anchored;
    }
}
