package io.pinfold.chain.head;

import io.pinfold.chain.core.Head;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.SignedHead;
import io.pinfold.chain.core.codec.HeadCodec;
import io.pinfold.chain.head.HeadVerdict.Accept;
import io.pinfold.chain.head.HeadVerdict.Ignore;
import io.pinfold.chain.head.HeadVerdict.Reason;
import io.pinfold.chain.head.HeadVerdict.Reject;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.ManualClock;
import io.pinfold.trust.KeySet;
import io.pinfold.trust.TrustedSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeadGateTest {

    private static final Cid CHAIN = TestCids.cid(10_001);
    private static final PeerId VIA = TestKeys.peerId(9);

    private final ManualClock clock = new ManualClock();
    private TrustedSet keys = new TrustedSet(0, KeySet.of(List.of(TestKeys.peerId(1), TestKeys.peerId(2))));
    private final HeadGate gate = new HeadGate(CHAIN, () -> keys, clock);

    @Test
    void aNewerHeadOfAPublisherIsAcceptedOnce() {
        assertThat(gate.judge(head(1, 5, 0), VIA)).isEqualTo(new Accept());
        assertThat(gate.judge(head(1, 5, 0), VIA)).isEqualTo(new Ignore(Reason.NOT_NEWER));
        assertThat(gate.judge(head(1, 5, 1), VIA)).as("later").isEqualTo(new Accept());
        assertThat(gate.judge(head(1, 6, -1_000), VIA)).as("higher").isEqualTo(new Accept());
        assertThat(gate.judge(head(1, 4, 2_000), VIA)).as("lower").isEqualTo(new Ignore(Reason.NOT_NEWER));
        assertThat(gate.judge(head(2, 1, 0), VIA)).as("another voter").isEqualTo(new Accept());
    }

    @Test
    void strangersAreRejected() {
        assertThat(gate.judge(head(3, 5, 0), VIA)).isEqualTo(new Reject(Reason.NOT_TRUSTED));
        assertThat(gate.judge(head(TestCids.cid(10_002), 1, 0, 5, 0), VIA)).isEqualTo(new Reject(Reason.WRONG_CHAIN));
        assertThat(gate.judge(head(CHAIN, 3, 1, 5, 0), VIA)).isEqualTo(new Ignore(Reason.NEWER_TRUST));
    }

    @Test
    void aForgedSignatureIsRejectedAndLeavesTheVoterAsItWas() {
        SignedHead good = head(1, 5, 0);
        byte[] signature = good.signature().toArray();
        signature[3] ^= 1;
        var forged = new SignedHead(good.head(), Bytes.copyOf(signature), good.bytes());
        assertThat(gate.judge(forged, VIA)).isEqualTo(new Reject(Reason.BAD_SIGNATURE));
        assertThat(gate.judge(good, VIA)).isEqualTo(new Accept());
    }

    @Test
    void aHeadOfTheFutureWaitsForTheClock() {
        long ahead = Limits.CLOCK_TOLERANCE.toMillis() + 1;
        assertThat(gate.judge(head(1, 5, ahead), VIA)).isEqualTo(new Ignore(Reason.FUTURE));
        clock.advance(Duration.ofMillis(1));
        assertThat(gate.judge(headAt(1, 5, ManualClock.START.toEpochMilli() + ahead), VIA)).isEqualTo(new Accept());
    }

    @Test
    void aFloodOfOldHeadsCostsNoSignatureAndIsPenalised() {
        gate.judge(head(1, 500, 0), VIA);
        for (int i = 0; i < HeadGate.MAX_REPLAYS; i++) {
            assertThat(gate.judge(unsigned(1, i + 1), VIA)).isEqualTo(new Ignore(Reason.NOT_NEWER));
        }
        assertThat(gate.judge(unsigned(1, 1), VIA)).isEqualTo(new Reject(Reason.REPLAYED_TOO_OFTEN));
        assertThat(gate.judge(unsigned(1, 1), TestKeys.peerId(8))).as("another neighbour")
                .isEqualTo(new Ignore(Reason.NOT_NEWER));
        clock.advance(HeadGate.WINDOW);
        assertThat(gate.judge(unsigned(1, 1), VIA)).as("later").isEqualTo(new Ignore(Reason.NOT_NEWER));
    }

    @Test
    void anEmptyTrustedSetTrustsNobody() {
        keys = new TrustedSet(0, new KeySet(new java.util.TreeSet<>(), keys.keys().admins(), 1));
        assertThat(gate.judge(head(1, 5, 0), VIA)).isEqualTo(new Reject(Reason.NOT_TRUSTED));
    }

    private SignedHead head(int voter, long height, long millisFromNow) {
        return headAt(voter, height, clock.millis() + millisFromNow);
    }

    private SignedHead head(Cid chain, int voter, long trust, long height, long millisFromNow) {
        return HeadCodec.sign(content(chain, voter, trust, height, clock.millis() + millisFromNow),
                TestKeys.key(voter));
    }

    private static SignedHead headAt(int voter, long height, long millis) {
        return HeadCodec.sign(content(CHAIN, voter, 0, height, millis), TestKeys.key(voter));
    }

    /** A head whose signature would not hold, were it looked at. */
    private SignedHead unsigned(int voter, long height) {
        return new SignedHead(content(CHAIN, voter, 0, height, clock.millis()), Bytes.copyOf(new byte[64]),
                Bytes.EMPTY);
    }

    private static Head content(Cid chain, int voter, long trust, long height, long millis) {
        return new Head(chain, trust, height, TestCids.cid((int) height), millis, Optional.empty(), List.of(),
                TestKeys.peerId(voter));
    }
}
