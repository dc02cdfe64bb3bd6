package io.pinfold.chain.core.intake;

import io.pinfold.chain.IntakeEntry;
import io.pinfold.chain.StoreException;
import io.pinfold.chain.StoreFailure;
import io.pinfold.chain.core.Genesis;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.OperationId;
import io.pinfold.chain.core.Replication;
import io.pinfold.chain.core.intake.Submission.Accepted;
import io.pinfold.chain.core.intake.Submission.Reason;
import io.pinfold.chain.core.intake.Submission.Refused;
import io.pinfold.chain.testing.ForwardingIntakeLog;
import io.pinfold.chain.testing.MemoryIntakeLog;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IntakeTest {

    private static final PeerId SELF = TestKeys.peerId(1);

    private final Genesis genesis = new TestChains(1).genesis();
    private final MemoryIntakeLog log = new MemoryIntakeLog();
    private final Flaky disk = new Flaky(log);

    @Test
    void anOperationIsDurableBeforeItIsAccepted() {
        Intake intake = intake(0);
        assertThat(submit(intake, 1)).isEqualTo(new Accepted(new OperationId(SELF, 1, 0), false));
        assertThat(log.pending()).extracting(IntakeEntry::op).containsExactly(TestOps.pin(1));
        assertThat(intake.take()).as("not open yet").isEmpty();
        intake.open(0, _ -> false);
        assertThat(intake.isReady()).isTrue();
        assertThat(intake.take()).contains(new Batch(1, List.of(TestOps.pin(1))));
        assertThat(intake.take()).isEmpty();
        assertThat(intake.newest(TestCids.cid(1))).contains(TestOps.pin(1));
        intake.retire(1);
        assertThat(intake.newest(TestCids.cid(1))).isEmpty();
        assertThat(intake.waiting()).isZero();
        assertThat(log.pending()).isEmpty();
    }

    @Test
    void aFullDiskRefusesAndLeavesNothingBehind() {
        Intake intake = intake(0);
        intake.open(0, _ -> false);
        disk.full = true;
        assertThat(submit(intake, 1)).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.reason()).isEqualTo(Reason.DISK));
        assertThat(intake.waiting()).isZero();
        assertThat(intake.isReady()).isFalse();
        assertThat(intake.submit(TestOps.pin(2), Optional.of("key"), 0)).isInstanceOf(Refused.class);
        disk.full = false;
        assertThat(intake.submit(TestOps.pin(2), Optional.of("key"), 0)).as("the key is free again")
                .isEqualTo(new Accepted(new OperationId(SELF, 1, 0), false));
        assertThat(intake.submit(TestOps.pin(3), Optional.of("key"), 0))
                .isEqualTo(new Accepted(new OperationId(SELF, 1, 0), true));
        assertThat(log.pending()).hasSize(1);
    }

    @Test
    void aNumberThatWasGivenAwayWhileAWriteFailedIsNotGivenAgain() {
        Intake intake = intake(0);
        intake.open(0, _ -> false);
        List<Long> given = new ArrayList<>();
        disk.meanwhile = () -> {
            assertThat(intake.take()).isEmpty();
            given.add(intake.takeNumber());
        };
        disk.full = true;
        assertThat(submit(intake, 1)).isInstanceOf(Refused.class);
        disk.full = false;
        disk.meanwhile = () -> {};
        Accepted accepted = (Accepted) submit(intake, 2);
        given.add(accepted.id().seq());
        given.add(intake.takeNumber());
        assertThat(given).doesNotHaveDuplicates();
    }

    @Test
    void operationsFromBeforeTheStartGetNewNumbersUnlessTheirBlockIsKnown() {
        Intake before = intake(0);
        submit(before, 1);
        before.open(0, _ -> false);
        before.take();
        submit(before, 2);
        before.take();
        submit(before, 3);
        Intake intake = intake(64);
        submit(intake, 4);
        intake.open(64, seq -> seq == 2);
        assertThat(batches(intake)).extracting(Batch::ops)
                .containsExactly(List.of(TestOps.pin(1)), List.of(TestOps.pin(3)), List.of(TestOps.pin(4)));
        log.crash();
        assertThat(log.pending()).as("after a crash none is back under its old number")
                .extracting(IntakeEntry::seq)
                .allMatch(seq -> seq > 64);
    }

    @Test
    void renumberingThatFailsIsDoneAgain() {
        Intake before = intake(0);
        submit(before, 1);
        before.open(0, _ -> false);
        before.take();
        submit(before, 2);
        for (int good = 0; good < 3; good++) {
            MemoryIntakeLog copy = log.copy();
            Flaky flaky = new Flaky(copy);
            Intake intake = new Intake(flaky, SELF, true, genesis, 64, () -> {});
            flaky.goodWrites = good;
            if (good < 2) {
                assertThatThrownBy(() -> intake.open(64, _ -> false)).isInstanceOf(StoreException.class);
                assertThat(intake.take()).as("%d", good).isEmpty();
                flaky.goodWrites = Integer.MAX_VALUE;
            }
            intake.open(64, _ -> false);
            assertThat(batches(intake)).as("%d", good)
                    .extracting(Batch::ops)
                    .containsExactly(List.of(TestOps.pin(1)), List.of(TestOps.pin(2)));
            copy.crash();
            assertThat(copy.pending()).as("%d", good).extracting(IntakeEntry::op).doesNotHaveDuplicates().hasSize(2);
        }
    }

    @Test
    void numbersThatTurnOutUsedAreLeftToWhoeverUsedThem() {
        Intake intake = intake(0);
        intake.open(0, _ -> false);
        submit(intake, 1);
        intake.open(9, _ -> false);
        assertThat(intake.take()).contains(new Batch(10, List.of(TestOps.pin(1))));
        assertThat(intake.nextNumber()).isEqualTo(11);
        log.crash();
        assertThat(log.pending()).extracting(IntakeEntry::seq).containsExactly(10L);
    }

    @Test
    void blocksKeepTheLimitsOfTheManifest() {
        Genesis narrow = new Genesis("x", genesis.nonce(), genesis.keys(), Genesis.MIN_BLOCK_BYTES, 3,
                Replication.EVERYWHERE, Duration.ofHours(1));
        Intake intake = new Intake(disk, SELF, true, narrow, 0, () -> {});
        intake.open(0, _ -> false);
        for (int i = 0; i < 7; i++) {
            submit(intake, i);
        }
        assertThat(batches(intake)).extracting(batch -> batch.ops().size()).containsExactly(3, 3, 1);
    }

    @Test
    void whoMayNotWriteAndWhatIsNotActiveIsRefused() {
        Intake follower = new Intake(disk, SELF, false, genesis, 0, () -> {});
        assertThat(submit(follower, 1)).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_A_PUBLISHER));
        Intake intake = intake(0);
        intake.close();
        assertThat(submit(intake, 1)).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.reason()).isEqualTo(Reason.CLOSED));
        assertThat(log.appends()).isZero();
    }

    private static List<Batch> batches(Intake intake) {
        List<Batch> batches = new ArrayList<>();
        for (Optional<Batch> next = intake.take(); next.isPresent(); next = intake.take()) {
            batches.add(next.get());
        }
        return batches;
    }

    private Intake intake(long used) {
        return new Intake(disk, SELF, true, genesis, used, () -> {});
    }

    private static Submission submit(Intake intake, int number) {
        LogOp op = TestOps.pin(number);
        return intake.submit(op, Optional.empty(), 0);
    }

    /** A log whose disk may be full, and where something may happen while it writes. */
    private static final class Flaky extends ForwardingIntakeLog {

        private boolean full;
        private int goodWrites = Integer.MAX_VALUE;
        private Runnable meanwhile = () -> {};

        Flaky(MemoryIntakeLog log) {
            super(log);
        }

        @Override
        public void append(List<IntakeEntry> entries) {
            meanwhile.run();
            if (full || goodWrites-- <= 0) {
                throw new StoreException(new StoreFailure(StoreFailure.Kind.DISK_FULL, "no room"));
            }
            super.append(entries);
        }
    }
}
