package io.pinfold.follower.tracker;

import io.pinfold.chain.core.Pin;
import io.pinfold.multiformats.Cid;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import static io.pinfold.follower.tracker.TrackerRig.cid;

/** A tracker that runs only while a test says so. */
abstract class PinTrackerFixture {

    static final Cid A = cid("a");
    static final Cid B = cid("b");

    @TempDir
    Path folder;

    TrackerRig rig;

    @BeforeEach
    void makeRig() {
        rig = new TrackerRig(folder, 1);
    }

    static Pin direct(Cid cid) {
        Pin pin = Pin.of(cid);
        return new Pin(cid, pin.type(), pin.name(), 0, pin.replication(), pin.userAllocations(), pin.allocations(),
                pin.reference(), pin.expireAt(), pin.metadata(), pin.origins(), pin.pinUpdate(), pin.size());
    }
}
