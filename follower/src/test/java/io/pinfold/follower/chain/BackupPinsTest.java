package io.pinfold.follower.chain;

import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.testing.MemoryChainStore;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.StatusOutcome;
import io.pinfold.ipfs.testing.InMemoryIpfsNode;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.cbor.CborLimits;
import io.pinfold.multiformats.cbor.DagCbor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class BackupPinsTest {

    @TempDir
    private Path folder = Path.of("");

    private final TestChains chains = new TestChains(1, 2);
    private final MemoryChainStore store = new MemoryChainStore();
    private final InMemoryIpfsNode node = new InMemoryIpfsNode();

    private BackupPins pins(String backend) {
        return new BackupPins(chains.chainId(), store, node, new BackupMark(folder.resolve("backup"), backend),
                (_, _) -> {});
    }

    /** A chain of {@code height} blocks whose fifth merges one; all blocks of the first range in the order of an index. */
    private List<SignedBlock> chain(int height) {
        List<SignedBlock> low = chains.line(null, 1, 4, 0);
        SignedBlock side = chains.after(low.get(1), 2, TestOps.pin(5000));
        SignedBlock merge = chains.after(low.getLast(), 1, List.of(side), TestOps.pin(5001));
        List<SignedBlock> all = new ArrayList<>(low);
        all.add(side);
        all.add(merge);
        all.addAll(chains.line(merge, 1, height - 5, 10_000));
        store.append(all, new ChainPoint(height, all.getLast().cid()));
        return all;
    }

    @Test
    void nothing_is_pinned_before_a_range_is_settled() {
        chain(BackupPins.BLOCKS + BackupPins.SETTLED - 1);
        assertThat(pins("x").round()).isZero();
    }

    @Test
    void each_range_has_an_index_of_raw_links_that_is_pinned_under_a_name_that_is_not_content() throws Exception {
        List<SignedBlock> all = chain(2 * BackupPins.BLOCKS + BackupPins.SETTLED);
        assertThat(pins("x").round()).isEqualTo(2);
        List<Cid> first = all.stream().limit(BackupPins.BLOCKS + 1L).map(SignedBlock::cid).toList();
        Block index = BackupPins.index(chains.chainId(), 1, first);
        assertThat(node.status(index.cid())).isInstanceOfSatisfying(StatusOutcome.Pinned.class,
                pinned -> assertThat(pinned).isEqualTo(new StatusOutcome.Pinned(PinDepth.Kind.RECURSIVE,
                        "pinfold-chain/" + chains.chainId() + "/1")));
        assertThat(DagCbor.decode(index.data(), new CborLimits(1 << 20, 3, 5_000)).orElseThrow().toString())
                .contains(Cid.v1(Multicodec.RAW, all.getFirst().cid().hash()).toString());
        assertThat(index.data().size()).isLessThan(64 << 10);
        assertThat(node.block(all.get(4).cid(), 1 << 20, Duration.ofSeconds(1), true))
                .as("the merged block")
                .isInstanceOf(Answer.Got.class);
        assertThat(pins("x").round()).as("after a restart").isZero();
        assertThat(pins("y").round()).as("at another node").isEqualTo(2);
        Files.writeString(folder.resolve("backup"), "17 x\n");
        assertThat(pins("x").round()).as("with a file that cannot be").isEqualTo(2);
    }

    @Test
    void what_fails_is_done_again() {
        chain(BackupPins.BLOCKS + BackupPins.SETTLED);
        BackupPins pins = pins("x");
        node.faults().away();
        assertThat(pins.round()).isZero();
        node.faults().clear();
        assertThat(pins.round()).isEqualTo(1);
    }
}
