package io.pinfold.follower.status;

import io.pinfold.follower.view.PinStatus;
import io.pinfold.follower.view.TrackerStatus;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.cbor.CborValue.CborLink;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.rpc.MethodTable;
import io.pinfold.testkit.ManualClock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StatusCodecTest {

    private static final StatusReport REPORT = new StatusReport(TrackerStatus.PINNING, ManualClock.START, "slow", 3,
            true,
            Optional.of(new PinStatus.Progress(7, 1_000)));

    @Test
    void requestsAreReadAsTheyWereWritten() {
        List<Cid> cids = IntStream.range(0, StatusCodec.MAX_CIDS).mapToObj(TestCids::cid).toList();
        assertThat(StatusCodec.decodeRequest(StatusCodec.encodeRequest(cids))).isEqualTo(Decoded.ok(cids));
    }

    @Test
    void theOverheadsAreUpperBounds() {
        Cid large = Cid.v1(Multicodec.RAW, Multihash.identity(Bytes.copyOf(new byte[128])));
        for (Cid cid : List.of(TestCids.cid(1), large)) {
            for (int count : List.of(1, StatusCodec.MAX_CIDS)) {
                int bound = StatusCodec.REQUEST_OVERHEAD + count * (cid.toBytes().size() + StatusCodec.CID_OVERHEAD);
                assertThat(StatusCodec.encodeRequest(Collections.nCopies(count, cid)).size())
                        .isLessThanOrEqualTo(bound);
            }
        }
        assertThat(large.toBytes().size() + StatusCodec.CID_OVERHEAD + StatusCodec.REQUEST_OVERHEAD)
                .isLessThanOrEqualTo(MethodTable.PIN_STATUS.requestBytes());
    }

    @Test
    void answersAreReadAsTheyWereWritten() {
        var plain = new StatusReport(TrackerStatus.PINNED, ManualClock.START, "", 0, false, Optional.empty());
        List<StatusReport> reports = List.of(REPORT, plain);
        assertThat(StatusCodec.decodeAnswer(StatusCodec.encodeAnswer(reports), 2)).isEqualTo(Decoded.ok(reports));
        assertThat(StatusCodec.decodeAnswer(StatusCodec.encodeAnswer(reports), 3)).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void aLongErrorIsCutBetweenCharacters() {
        var report = new StatusReport(TrackerStatus.PIN_ERROR, ManualClock.START, "\uD83D\uDE00".repeat(300), 0, false,
                Optional.empty());
        assertThat(report.error()).isEqualTo("\uD83D\uDE00".repeat(128));
        List<StatusReport> most = Collections.nCopies(StatusCodec.MAX_CIDS, report);
        assertThat(StatusCodec.encodeAnswer(most).size()).isLessThanOrEqualTo(64 << 10);
    }

    @Test
    void whatIsCutOrTooMuchIsRefused() {
        Bytes answer = StatusCodec.encodeAnswer(List.of(REPORT));
        for (int i = 0; i < answer.size(); i++) {
            assertThat(StatusCodec.decodeAnswer(answer.slice(0, i), 1)).as("cut to %d", i)
                    .isInstanceOf(Decoded.Refused.class);
        }
        Bytes tooMany = DagCbor.encode(CborMap.builder()
                .put("cids", Collections.nCopies(StatusCodec.MAX_CIDS + 1, new CborLink(TestCids.cid(1))))
                .build());
        assertThat(StatusCodec.decodeRequest(tooMany)).isInstanceOfSatisfying(Decoded.Refused.class,
                refused -> assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.TOO_MANY));
    }
}
