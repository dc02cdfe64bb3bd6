package io.pinfold.ipfsnode.node;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfs.BlockImport;
import io.pinfold.ipfsnode.Blockstore.Put;
import io.pinfold.ipfsnode.unixfs.write.BlockSink;
import io.pinfold.multiformats.Block;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gives the blocks that are made or read to a node of whatever kind, and remembers why it did not take them. */
public final class ImportSink implements BlockSink {

    private final Function<List<Block>, Answer<Integer>> node;
    private volatile @Nullable BackendFailure failure;

    /** A sink that gives to {@code open}. */
    public ImportSink(BlockImport open) {
        this(open::put);
    }

    /** A sink that gives to {@code node}, for example to {@link io.pinfold.ipfs.IpfsNode#putBlocks}. */
    public ImportSink(Function<List<Block>, Answer<Integer>> node) {
        this.node = node;
    }

    @Override
    public Put put(List<Block> blocks) {
        return switch (node.apply(blocks)) {
            case Answer.Got<Integer> _ -> new Put.Stored(0);
            case Answer.Failed<Integer>(BackendFailure why) -> {
                failure = why;
                yield why.kind() == Kind.FULL ? new Put.Full(why.detail()) : new Put.Failed(why.detail());
            }
        };
    }

    /** Why the node did not take blocks, if it did not. */
    public Optional<BackendFailure> failure() {
        return Optional.ofNullable(failure);
    }
}
