package io.pinfold.follower.chain;

import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.testing.MemoryChainStore;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendAddress;
import io.pinfold.ipfs.Backends;
import io.pinfold.ipfs.IpfsConfig;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.multiformats.Block;
import io.pinfold.testkit.KuboNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Against a real Kubo: what is under an index survives its garbage collection, and what is not does not. */
class BackupPinsIT {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void blocks_under_an_index_survive_a_garbage_collection() {
        TestChains chains = new TestChains(1);
        int height = BackupPins.BLOCKS + BackupPins.SETTLED;
        List<SignedBlock> blocks = chains.line(null, 1, height, 0);
        MemoryChainStore store = new MemoryChainStore();
        store.append(blocks, new ChainPoint(height, blocks.getLast().cid()));
        try (KuboNode kubo = KuboNode.start();
                IpfsNode node = Backends.open(
                        (BackendAddress.Kubo) BackendAddress.parse("ipfs://" + kubo.apiHostPort()).orElseThrow(),
                        IpfsConfig.DEFAULT, InstantSource.system(), new SplittableRandom())) {
            SignedBlock top = blocks.getLast();
            assertThat(node.putBlocks(List.of(new Block(top.cid(), top.bytes())))).isInstanceOf(Answer.Got.class);
            var pins = new BackupPins(chains.chainId(), store, node, new BackupMark(folder.resolve("backup"), "x"),
                    (_, _) -> {});
            assertThat(pins.round()).isEqualTo(1);
            kubo.cli("repo", "gc");
            for (SignedBlock block : List.of(blocks.getFirst(), blocks.get(500), blocks.get(BackupPins.BLOCKS - 1))) {
                assertThat(node.block(block.cid(), 1 << 20, Duration.ofSeconds(5), true))
                        .isEqualTo(new Answer.Got<>(block.bytes()));
            }
            assertThat(node.block(top.cid(), 1 << 20, Duration.ofSeconds(5), true)).as("a block that no index has")
                    .isInstanceOf(Answer.Failed.class);
            assertThat(kubo.cli("pin", "ls", "--type=recursive", "--names"))
                    .contains("pinfold-chain/" + chains.chainId() + "/1");
        }
    }
}
