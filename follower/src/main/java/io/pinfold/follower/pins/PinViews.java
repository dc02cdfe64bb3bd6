package io.pinfold.follower.pins;

import io.pinfold.chain.core.Pin;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.follower.view.PinInfo;
import io.pinfold.follower.view.PinMode;
import io.pinfold.follower.view.PinOptions;
import io.pinfold.follower.view.PinType;
import io.pinfold.follower.view.Replication;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.time.Instant;
import java.util.OptionalLong;

/** Pins of the chain as clients see them, and the way back. */
public final class PinViews {

    private PinViews() {}

    /** The pin of {@code entry}, with its block's time. */
    public static PinInfo info(PinEntry entry) {
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

    /**
     * The pin that {@code info} describes, for an operation of its own: the time is the block's then.
     *
     * @param usual replication where {@code info} leaves it to the cluster
     */
    public static Decoded<Pin> pin(PinInfo info, io.pinfold.chain.core.Replication usual) {
        PinOptions options = info.options();
        try {
            return Decoded.ok(new Pin(info.cid(), type(info.type()), options.name(), info.maxDepth(),
                    replication(options.replication(), usual), options.userAllocations(), info.allocations(),
                    info.reference(), options.expireAt(), options.metadata(), options.origins(), options.pinUpdate(),
                    OptionalLong.empty()));
        } catch (IllegalArgumentException e) {
            return Decoded.refused(Refusal.Kind.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private static io.pinfold.chain.core.Replication replication(Replication asked,
            io.pinfold.chain.core.Replication usual) {
        if (asked.percent().isPresent()) {
            return io.pinfold.chain.core.Replication.percent(asked.percent().getAsInt());
        }
        return asked.min() == 0 && asked.max() == 0
                ? usual
                : io.pinfold.chain.core.Replication.of(asked.min(), asked.max());
    }

    private static io.pinfold.chain.core.PinType type(PinType type) {
        return switch (type) {
            case DATA -> io.pinfold.chain.core.PinType.DATA;
            case META -> io.pinfold.chain.core.PinType.META;
            case CLUSTER_DAG -> io.pinfold.chain.core.PinType.CLUSTER_DAG;
            case SHARD -> io.pinfold.chain.core.PinType.SHARD;
        };
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
