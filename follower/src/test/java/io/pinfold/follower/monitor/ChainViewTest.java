package io.pinfold.follower.monitor;

import io.pinfold.chain.core.AppliedSequences;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.core.head.Staleness;
import io.pinfold.chain.core.head.Standing;
import io.pinfold.chain.core.machine.ChainStatus;
import io.pinfold.chain.core.machine.Signing;
import io.pinfold.chain.testing.MemoryChainStore;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChainViewTest {

    private final TestChains chains = new TestChains(1, 2, 3);
    private final MemoryChainStore blocks = new MemoryChainStore();
    private final List<SignedBlock> line = chains.line(null, 1, 5, 0);
    private Cid trust = chains.chainId();
    private Signing signing = Signing.READY;
    private long heard = TestChains.START;
    private final ChainView view = new ChainView(this::status, blocks,
            Clock.fixed(Instant.ofEpochMilli(TestChains.START), ZoneOffset.UTC));

    @Test
    void aBlockIsConfirmedByMoreThanHalfOfTheKeysIfItIsOnTheChain() {
        append(line);
        assertThat(view.confirmed(3, Optional.of(line.get(2).cid()))).isTrue();
        assertThat(view.confirmed(4, Optional.of(line.get(3).cid()))).as("one of three stands on it").isFalse();
        assertThat(view.confirmed(3, Optional.of(TestCids.cid(1)))).as("another block").isFalse();
        assertThat(view.confirmed(3, Optional.empty())).isTrue();
    }

    @Test
    void nothingIsAnchoredWhileNoAdminHasSpoken() {
        append(line);
        assertThat(view.anchored(1, Optional.of(line.getFirst().cid()))).isFalse();
        assertThat(view.anchored(0, Optional.empty())).isFalse();
    }

    @Test
    void allUpToTheNewestAnchorIsAnchored() {
        LogOp config = new LogOp.ConfigOp(1, new LogOp.Anchor(line.get(2).cid(), 3), new TreeMap<>(),
                new TreeMap<>(Map.of("x", "y")), new TreeMap<>());
        SignedBlock anchoring = chains.after(line.getLast(), 1, config);
        append(line);
        append(List.of(anchoring));
        trust = anchoring.cid();
        assertThat(view.anchored(3, Optional.of(line.get(2).cid()))).isTrue();
        assertThat(view.anchored(1, Optional.empty())).isTrue();
        assertThat(view.anchored(4, Optional.of(line.get(3).cid()))).isFalse();
        assertThat(view.anchored(3, Optional.of(TestCids.cid(1)))).as("another block").isFalse();
        SignedBlock next = chains.after(anchoring, 1, new LogOp.ConfigOp(2, new LogOp.Anchor(anchoring.cid(), 6),
                new TreeMap<>(), new TreeMap<>(Map.of("x", "z")), new TreeMap<>()), TestOps.pin(1));
        append(List.of(next));
        trust = next.cid();
        assertThat(view.anchored(4, Optional.of(line.get(3).cid()))).isTrue();
        assertThat(view.anchored(7, Optional.of(next.cid()))).isFalse();
    }

    @Test
    void aFollowerIsStaleAndAPublisherIsNot() {
        heard = TestChains.START - Duration.ofHours(25).toMillis();
        assertThat(view.stale()).isFalse();
        signing = Signing.NOT_A_PUBLISHER;
        assertThat(view.stale()).isTrue();
        heard = TestChains.START - Duration.ofHours(23).toMillis();
        assertThat(view.stale()).isFalse();
    }

    @Test
    void aStateThatIsRepairedIsOneOfThePast() {
        assertThat(view.behind()).isFalse();
        signing = Signing.REPAIRING;
        assertThat(view.behind()).isTrue();
    }

    private void append(List<SignedBlock> more) {
        SignedBlock last = more.getLast();
        blocks.append(more, new ChainPoint(last.height(), last.cid()));
    }

    private ChainStatus status() {
        StateMark head = new StateMark(new ChainPoint(5, line.getLast().cid()), TestChains.START, trust, 0,
                AppliedSequences.NONE);
        return new ChainStatus(head, 5, signing,
                new Standing(Map.of(TestKeys.peerId(1), 5L, TestKeys.peerId(2), 3L), 3),
                new Staleness(heard, Duration.ofHours(24)), Optional.empty(), 0, 0, 0);
    }
}
