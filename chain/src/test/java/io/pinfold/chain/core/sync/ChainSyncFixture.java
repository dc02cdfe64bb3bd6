package io.pinfold.chain.core.sync;

import io.pinfold.chain.BlocksAnswer;
import io.pinfold.chain.BlocksRequest;
import io.pinfold.chain.RangeSource;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.verify.BlockVerifier;
import io.pinfold.chain.core.verify.CheckedBlock;
import io.pinfold.chain.testing.MemoryChainStore;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.trust.HeadMark;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;

/** A planner, the peers that it asks, and a branch that they have. */
abstract class ChainSyncFixture {

    static final PeerId ANN = TestKeys.peerId(11);
    static final PeerId BOB = TestKeys.peerId(12);
    static final PeerId CAT = TestKeys.peerId(13);

    final TestChains chains = new TestChains(1, 2);
    final BlockVerifier verifier = new BlockVerifier(chains.genesis());
    final MemoryChainStore full = new MemoryChainStore();
    final Wire wire = new Wire();
    final Set<Cid> known = new HashSet<>(Set.of(chains.chainId()));
    final List<SignedBlock> got = new ArrayList<>();
    final ChainSync sync = new ChainSync(wire, known::contains, new SplittableRandom(1));
    final List<SignedBlock> line = chains.line(null, 1, 40, 0);
    long now = 1_000_000;

    record Asked(long number, PeerId peer, BlocksRequest request) {}

    static final class Wire implements RangeSource {

        final List<Asked> asked = new ArrayList<>();
        final List<PeerId> penalised = new ArrayList<>();

        @Override
        public void requestBlocks(long number, PeerId peer, BlocksRequest request) {
            asked.add(new Asked(number, peer, request));
        }

        @Override
        public void requestHeads(PeerId peer) {
            throw new AssertionError("not its task");
        }

        @Override
        public void penalise(PeerId peer, String reason) {
            penalised.add(peer);
        }
    }

    @BeforeEach
    void fill() {
        full.append(line, point(line.getLast()));
    }

    static HeadMark missing(int voter, int height) {
        return new HeadMark(TestKeys.peerId(voter), 0, height, TestCids.cid(height), height);
    }

    void announce(SignedBlock head, PeerId holder) {
        sync.target(mark(head), holder, now);
    }

    static HeadMark mark(SignedBlock head) {
        return new HeadMark(TestKeys.peerId(1), 0, head.height(), head.cid(), TestChains.START);
    }

    void tick() {
        sync.tick(0, now);
    }

    void answerAll() {
        List<Asked> all = List.copyOf(wire.asked);
        wire.asked.clear();
        all.forEach(asked -> answer(asked, honest(asked)));
    }

    BlocksAnswer honest(Asked asked) {
        List<CheckedBlock> blocks = new ArrayList<>();
        new BlockServer(full).answer(asked.request(), block -> blocks.add(verifier.kept(block)));
        return blocks.isEmpty() ? new BlocksAnswer.Unknown() : new BlocksAnswer.Blocks(blocks);
    }

    void answer(Asked asked, BlocksAnswer answer) {
        for (CheckedBlock block : sync.answered(asked.number(), answer, now)) {
            known.add(block.cid());
            got.add(block.block());
        }
    }

    static ChainPoint point(SignedBlock block) {
        return new ChainPoint(block.height(), block.cid());
    }
}
