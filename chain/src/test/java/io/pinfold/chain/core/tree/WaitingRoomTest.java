package io.pinfold.chain.core.tree;

import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.verify.BlockVerifier;
import io.pinfold.chain.core.verify.CheckedBlock;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.testing.TestCids;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WaitingRoomTest {

    private final TestChains chains = new TestChains(1, 2);
    private final BlockVerifier verifier = new BlockVerifier(chains.genesis());
    private final WaitingRoom room = new WaitingRoom();

    @Test
    void aBlockIsReleasedByAnyOfWhatItWaitsForAndOnlyOnce() {
        SignedBlock one = chains.after(null, 1, TestOps.pin(1));
        SignedBlock other = chains.after(null, 2, TestOps.pin(2));
        CheckedBlock waiting = checked(chains.after(one, 1, List.of(other), TestOps.pin(3)));
        room.waitFor(waiting, List.of(one.cid()));
        room.waitFor(waiting, List.of(other.cid()));
        assertThat(room.size()).isEqualTo(1);
        assertThat(room.get(waiting.cid())).contains(waiting);
        assertThat(room.arrived(TestCids.cid(1))).isEmpty();
        assertThat(room.arrived(other.cid())).containsExactly(waiting);
        assertThat(room.arrived(one.cid())).isEmpty();
        assertThat(room.size()).isZero();
    }

    @Test
    void aBlockOfTheFutureWaitsForItsTimeHoweverOftenItComes() {
        CheckedBlock late = checked(chains.after(null, 1, TestOps.pin(1)));
        CheckedBlock early = checked(chains.after(null, 2, TestOps.pin(2)));
        for (int i = 0; i < 3; i++) {
            room.waitUntil(late, 1000);
        }
        room.waitUntil(early, 500);
        assertThat(room.nextDueMillis()).isEqualTo(500);
        assertThat(room.due(499)).isEmpty();
        assertThat(room.due(500)).containsExactly(early);
        assertThat(room.nextDueMillis()).isEqualTo(1000);
        assertThat(room.due(5000)).containsExactly(late);
        assertThat(room.nextDueMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aBlockThatIsDueTwiceIsKeptOnceAtItsLastTime() {
        CheckedBlock block = checked(chains.after(null, 1, TestOps.pin(1)));
        room.waitUntil(block, 1000);
        room.waitUntil(block, 2000);
        assertThat(room.due(1500)).isEmpty();
        assertThat(room.due(2000)).containsExactly(block);
    }

    @Test
    void theFirstToComeGoesFirstWhenThereAreTooMany() {
        SignedBlock parent = chains.after(null, 1, TestOps.pin(1));
        SignedBlock child = chains.after(parent, 1, TestOps.pin(2));
        for (int i = 0; i < WaitingRoom.MAX_BLOCKS; i++) {
            room.waitFor(like(child, i), List.of(parent.cid()));
        }
        assertThat(room.get(TestCids.cid(0))).isPresent();
        room.waitFor(like(child, WaitingRoom.MAX_BLOCKS), List.of(parent.cid()));
        assertThat(room.get(TestCids.cid(0))).isEmpty();
        assertThat(room.get(TestCids.cid(1))).isPresent();
        assertThat(room.size()).isEqualTo(WaitingRoom.MAX_BLOCKS);
        assertThat(room.arrived(parent.cid())).hasSize(WaitingRoom.MAX_BLOCKS);
    }

    @Test
    void bytesAreBoundedToo() {
        SignedBlock parent = chains.after(null, 1, TestOps.pin(1));
        LogOp[] ops = Collections.nCopies(3000, TestOps.pin(1, "x".repeat(255))).toArray(LogOp[]::new);
        SignedBlock fat = chains.after(parent, 1, ops);
        for (int i = 0; i < 100; i++) {
            room.waitFor(like(fat, i), List.of(parent.cid()));
        }
        assertThat(room.size()).isEqualTo(WaitingRoom.MAX_BYTES / fat.bytes().size());
    }

    /** A block of its own with the content of {@code block}: signatures are not what this is about. */
    private CheckedBlock like(SignedBlock block, int number) {
        return checked(new SignedBlock(block.block(), block.signature(), block.bytes(), TestCids.cid(number)));
    }

    private CheckedBlock checked(SignedBlock block) {
        return verifier.kept(block);
    }
}
