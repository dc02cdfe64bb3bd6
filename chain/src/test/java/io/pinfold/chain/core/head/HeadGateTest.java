package io.pinfold.chain.core.head;

import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.head.HeadVerdict.Reason;
import io.pinfold.chain.core.verify.BlockVerifier;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.cbor.CborValue.CborBytes;
import io.pinfold.multiformats.cbor.CborValue.CborInt;
import io.pinfold.multiformats.cbor.CborValue.CborLink;
import io.pinfold.multiformats.cbor.CborValue.CborList;
import io.pinfold.multiformats.testing.CborAttacks;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the gate says of announcements, good and bad. */
class HeadGateTest {

    private static final PeerId NEIGHBOUR = TestKeys.peerId(9);
    private static final long NOW = TestChains.START + 1_000_000;

    private final TestChains chains = new TestChains(1, 2);
    private final SignedBlock block = chains.after(null, 1, TestOps.pin(1));
    private final ClockSkew skew = new ClockSkew(TestKeys.peerId(2));
    private final HeadGate gate = new HeadGate(chains.chainId(), new BlockVerifier(chains.genesis()).trust(), List.of(),
            skew);

    @Test
    void aNewHeadOfATrustedKeyIsAcceptedOnce() {
        Bytes head = head(1, NOW);
        assertThat(judge(head)).isInstanceOf(HeadVerdict.Accept.class);
        assertThat(judge(head)).isEqualTo(new HeadVerdict.Ignore(Reason.NOT_NEWER));
        assertThat(judge(head(1, NOW - 1))).isEqualTo(new HeadVerdict.Ignore(Reason.NOT_NEWER));
        assertThat(judge(head(1, NOW + 1))).isInstanceOf(HeadVerdict.Accept.class);
        assertThat(judge(head(2, NOW))).as("another key").isInstanceOf(HeadVerdict.Accept.class);
    }

    @Test
    void aHeightCountsBeforeTheTime() {
        SignedBlock next = chains.after(block, 1, TestOps.pin(2));
        assertThat(judge(chains.head(next, 1, NOW - 5000).bytes())).isInstanceOf(HeadVerdict.Accept.class);
        assertThat(judge(head(1, NOW))).isEqualTo(new HeadVerdict.Ignore(Reason.NOT_NEWER));
    }

    @Test
    void badBytesAreHeldAgainstTheNeighbour() {
        Bytes good = head(1, NOW);
        assertThat(judge(good.slice(0, good.size() - 1))).isEqualTo(new HeadVerdict.Reject(Reason.MALFORMED));
        assertThat(judge(Bytes.copyOf(new byte[Limits.HEAD_BYTES + 1])))
                .isEqualTo(new HeadVerdict.Reject(Reason.MALFORMED));
        assertThat(judge(CborAttacks.with(good, "v", new CborInt(2))))
                .isEqualTo(new HeadVerdict.Ignore(Reason.UNKNOWN_VERSION));
        assertThat(judge(new TestChains(1).head(block, 1, NOW).bytes()))
                .isEqualTo(new HeadVerdict.Reject(Reason.WRONG_CHAIN));
        assertThat(judge(head(7, NOW))).isEqualTo(new HeadVerdict.Reject(Reason.NOT_TRUSTED));
    }

    @Test
    void everyFieldIsUnderTheSignature() {
        Bytes good = head(1, NOW);
        for (Bytes bad : List.of(
                CborAttacks.with(good, "time", new CborInt(NOW + 1)),
                CborAttacks.with(good, "height", new CborInt(2)),
                CborAttacks.with(good, "trust", new CborInt(1)),
                CborAttacks.with(good, "voter", new CborBytes(TestKeys.peerId(2).toBytes())),
                CborAttacks.with(good, "blocks", new CborList(
                        List.of(new CborBytes(block.bytes())))),
                CborAttacks.with(good, "head",
                        new CborLink(TestCids.cid(7))))) {
            assertThat(judge(bad)).isEqualTo(new HeadVerdict.Reject(Reason.BAD_SIGNATURE));
        }
        assertThat(judge(good)).as("forgeries block nothing").isInstanceOf(HeadVerdict.Accept.class);
    }

    @Test
    void aHeadOfTheFutureIsIgnoredAndDoesNotStandInTheWay() {
        long limit = NOW + Limits.CLOCK_TOLERANCE.toMillis();
        assertThat(judge(head(1, limit + 1))).isEqualTo(new HeadVerdict.Ignore(Reason.FUTURE));
        assertThat(judge(head(1, limit + 1))).isEqualTo(new HeadVerdict.Ignore(Reason.NOT_NEWER));
        assertThat(judge(head(1, limit))).isInstanceOf(HeadVerdict.Accept.class);
        assertThat(skew.othersAheadMillis(NOW)).hasValue(limit + 1 - NOW);
    }

    @Test
    void anOldAnswerIsNoOffence() {
        assertThat(judge(head(1, NOW))).isInstanceOf(HeadVerdict.Accept.class);
        for (int i = 0; i < 500; i++) {
            assertThat(gate.judgeAnswer(head(1, NOW - 1), NEIGHBOUR, NOW))
                    .isEqualTo(new HeadVerdict.Ignore(Reason.NOT_NEWER));
        }
    }

    private HeadVerdict judge(Bytes data) {
        return gate.judge(data, NEIGHBOUR, NOW);
    }

    private Bytes head(int voter, long timeMillis) {
        return chains.head(new ChainPoint(block.height(), block.cid()), voter, timeMillis, List.of()).bytes();
    }
}
