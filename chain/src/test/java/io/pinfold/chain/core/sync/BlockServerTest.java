package io.pinfold.chain.core.sync;

import io.pinfold.chain.BlocksRequest;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.testing.MemoryChainStore;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.testing.TestCids;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BlockServerTest {

    private final TestChains chains = new TestChains(1, 2);
    private final MemoryChainStore store = new MemoryChainStore();
    private final BlockServer server = new BlockServer(store);
    private final List<SignedBlock> trunk = chains.line(null, 1, 10, 0);
    private final List<SignedBlock> side = chains.line(trunk.get(4), 2, 3, 100);
    private final SignedBlock merging = chains.after(trunk.getLast(), 1, side, TestOps.pin(50));

    @BeforeEach
    void fill() {
        store.append(trunk, point(trunk.getLast()));
        store.append(side, point(trunk.getLast()));
        store.append(List.of(merging), point(merging));
    }

    @Test
    void theAppliedBranchComesAscendingWithWhatItMerges() {
        assertThat(range(merging.cid(), 3, 4)).isEqualTo(trunk.subList(2, 6));
        List<SignedBlock> expected = new ArrayList<>(side);
        expected.add(merging);
        assertThat(range(merging.cid(), 11, 100)).isEqualTo(expected);
        assertThat(range(trunk.get(7).cid(), 7, 100)).as("not above the tip").isEqualTo(trunk.subList(6, 8));
    }

    @Test
    void anotherBranchComesFromWhereItLeaves() {
        List<SignedBlock> branch = new ArrayList<>(trunk.subList(2, 5));
        branch.addAll(side);
        assertThat(range(side.getLast().cid(), 3, 100)).isEqualTo(branch);
        assertThat(range(side.getLast().cid(), 3, 4)).isEqualTo(branch.subList(0, 4));
        assertThat(range(side.getLast().cid(), 7, 1)).isEqualTo(side.subList(1, 2));
        assertThat(range(side.getLast().cid(), 6, 2)).isEqualTo(side.subList(0, 2));
    }

    @Test
    void whatIsNotHereIsNotAnswered() {
        assertThat(range(TestCids.cid(1), 1, 1)).isEmpty();
        assertThat(range(trunk.get(3).cid(), 5, 1)).as("above the tip").isEmpty();
        store.damage(trunk.get(5).cid());
        assertThat(range(merging.cid(), 4, 10)).as("up to the gap").isEqualTo(trunk.subList(3, 5));
        assertThat(range(merging.cid(), 6, 10)).isEmpty();
        store.damage(side.getFirst().cid());
        assertThat(range(side.getLast().cid(), 3, 10)).as("where the branch leaves is not known").isEmpty();
    }

    @Test
    void blocksComeByCidWhateverTheirBranch() {
        List<SignedBlock> found = new ArrayList<>();
        assertThat(server.answer(new BlocksRequest.ByCid(List.of(side.get(1).cid(), TestCids.cid(1),
                trunk.get(2).cid())), found::add)).isTrue();
        assertThat(found).containsExactly(side.get(1), trunk.get(2));
        assertThat(server.answer(new BlocksRequest.ByCid(List.of(TestCids.cid(1))), found::add)).isFalse();
    }

    @Test
    void anAnswerEndsAtItsBoundButHasOneBlock() {
        LogOp[] fat = Collections.nCopies(3000, TestOps.pin(1, "x".repeat(255))).toArray(LogOp[]::new);
        List<SignedBlock> heavy = new ArrayList<>();
        SignedBlock last = merging;
        for (int i = 0; i < 8; i++) {
            last = chains.after(last, 1, fat);
            heavy.add(last);
        }
        store.append(heavy, point(last));
        int most = BlocksRequest.MAX_BYTES / heavy.getFirst().bytes().size();
        assertThat(range(last.cid(), 12, 100)).isEqualTo(heavy.subList(0, most));
        List<SignedBlock> one = new ArrayList<>();
        assertThat(server.answer(new BlocksRequest.Range(last.cid(), 12, 100), block -> {
            one.add(block);
            return false;
        })).as("the sink wants no more").isTrue();
        assertThat(one).isEqualTo(heavy.subList(0, 1));
    }

    private List<SignedBlock> range(Cid tip, long from, int count) {
        List<SignedBlock> found = new ArrayList<>();
        boolean any = server.answer(new BlocksRequest.Range(tip, from, count), found::add);
        assertThat(any).isEqualTo(!found.isEmpty());
        return found;
    }

    private static ChainPoint point(SignedBlock block) {
        return new ChainPoint(block.height(), block.cid());
    }
}
