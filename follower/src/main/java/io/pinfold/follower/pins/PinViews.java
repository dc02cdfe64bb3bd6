package io.pinfold.follower.pins;

import io.pinfold.chain.core.Pin;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.follower.view.PinInfo;
import io.pinfold.follower.view.PinMode;
import io.pinfold.follower.view.PinOptions;
import io.pinfold.follower.view.PinType;
import io.pinfold.follower.view.Replication;
import java.time.Instant;

/** Pins of the chain as clients see them. */
final class PinViews {

    private PinViews() {}

    static PinInfo info(PinEntry entry) {
        return info(entry.pin(), Instant.ofEpochMilli(entry.timeMillis()));
    }

    static PinInfo info(Pin pin, Instant timestamp) {
        var replication = new Replication(pin.replication().min(), pin.replication().max(),
                pin.replication().percent());
        var options = new PinOptions(pin.name(), pin.maxDepth() == 0 ? PinMode.DIRECT : PinMode.RECURSIVE, replication,
                0,
                pin.userAllocations(), pin.expireAt(), pin.metadata(), pin.pinUpdate(), pin.origins());
        return new PinInfo(pin.cid(), type(pin.type()), options, pin.allocations(), pin.maxDepth(), pin.reference(),
                timestamp);
    }

    static PinType type(io.pinfold.chain.core.PinType type) {
        return switch (type) {
            case DATA -> PinType.DATA;
            case META -> PinType.META;
            case CLUSTER_DAG -> PinType.CLUSTER_DAG;
            case SHARD -> PinType.SHARD;
        };
    }
}
