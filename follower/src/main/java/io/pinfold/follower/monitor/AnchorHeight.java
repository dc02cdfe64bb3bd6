package io.pinfold.follower.monitor;

import io.pinfold.chain.ChainStore;
import io.pinfold.chain.core.LogOp;
import io.pinfold.multiformats.Cid;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The height of the newest admin anchor of a chain, read from the newest block with a {@code trust} or {@code config}
 * operation and remembered for that block.
 */
final class AnchorHeight {

    /** No block is anchored. */
    static final long NONE = -1;

    private final ChainStore blocks;
    private volatile Known known = new Known(null, NONE);

    private record Known(@Nullable Cid trust, long height) {}

    AnchorHeight(ChainStore blocks) {
        this.blocks = blocks;
    }

    /** The height up to which a chain is anchored whose newest block that changes trust is {@code trust}. */
    long of(Cid trust) {
        Known last = known;
        if (!trust.equals(last.trust())) {
            last = new Known(trust, read(trust));
            known = last;
        }
        return last.height();
    }

    /** The chain id, which stands for none, is no block. */
    private long read(Cid trust) {
        return blocks.get(trust)
                .stream()
                .flatMap(block -> block.block().ops().stream())
                .flatMap(AnchorHeight::anchor)
                .mapToLong(LogOp.Anchor::height)
                .max()
                .orElse(NONE);
    }

    private static Stream<LogOp.Anchor> anchor(LogOp op) {
        return switch (op) {
            case LogOp.TrustOp trust -> Stream.of(trust.anchor());
            case LogOp.ConfigOp config -> Stream.of(config.anchor());
            case LogOp.PinOp _,LogOp.UnpinOp _ -> Stream.empty();
        };
    }
}
