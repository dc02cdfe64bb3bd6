package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BlockImport;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import java.util.List;

/**
 * An import into Kubo: blocks without a pin, and a pin of the root in the end.
 *
 * <p>Kubo knows no imports. Until the pin, its garbage collection may take blocks away, which fails the pin after the longest
 * time of a call; blocks of an import that came to nothing stay until it collects.
 */
record KuboImport(BlockCalls blocks, FileCalls files) implements BlockImport {

    @Override
    public Answer<Integer> put(List<Block> some) {
        return blocks.put(some);
    }

    @Override
    public Answer<Cid> keep(Cid root, String name) {
        return files.pin(root, name);
    }

    @Override
    public void close() {
        // nothing is open at the daemon
    }
}
