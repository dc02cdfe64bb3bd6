package io.pinfold.follower.tracker;

import io.pinfold.follower.removal.ChainStanding;
import io.pinfold.multiformats.Cid;
import java.util.Optional;

/** A standing on the chain that a test sets. */
final class TestStanding implements ChainStanding {

    volatile boolean stale;
    volatile boolean behind;
    long height = 1;
    volatile long confirmed;
    volatile long anchored;

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
