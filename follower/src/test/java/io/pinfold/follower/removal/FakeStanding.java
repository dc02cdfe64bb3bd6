package io.pinfold.follower.removal;

import io.pinfold.multiformats.Cid;
import java.util.Optional;

/** A standing on the chain that a test sets. */
final class FakeStanding implements ChainStanding {

    boolean stale;
    boolean behind;
    long confirmed = -1;
    long anchored = -1;

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
        return 100;
    }

    @Override
    public boolean confirmed(long height, Optional<Cid> block) {
        return height <= confirmed;
    }

    @Override
    public boolean anchored(long height, Optional<Cid> block) {
        return height <= anchored;
    }
}
