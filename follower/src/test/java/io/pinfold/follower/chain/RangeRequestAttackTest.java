package io.pinfold.follower.chain;

import io.pinfold.chain.BlocksRequest;
import io.pinfold.chain.core.Limits;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.cbor.CborValue;
import io.pinfold.multiformats.cbor.CborValue.CborInt;
import io.pinfold.multiformats.cbor.CborValue.CborLink;
import io.pinfold.multiformats.cbor.CborValue.CborList;
import io.pinfold.multiformats.testing.Attacks;
import io.pinfold.multiformats.testing.CborAttacks;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.testkit.Seeds;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RangeRequestAttackTest {

    private static final Bytes RANGE = RangeRequestCodec.encode(new BlocksRequest.Range(TestCids.cid(1), 70_000, 1024));
    private static final Bytes CIDS = RangeRequestCodec.encode(
            new BlocksRequest.ByCid(List.of(TestCids.cid(1), TestCids.cid(2))));

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @Test
    void requestsAreCanonicalOrRefused() {
        new CborAttacks<>(RANGE, RangeRequestCodec::decode, RangeRequestCodec::encode).all(seeds.seed());
        new CborAttacks<>(CIDS, RangeRequestCodec::decode, RangeRequestCodec::encode).all(seeds.seed());
    }

    @Test
    void numbersAndListsAreBounded() {
        for (long from : List.of(0L, -1L, Limits.MAX_NUMBER + 1, Long.MIN_VALUE, Long.MAX_VALUE)) {
            refused(CborAttacks.with(RANGE, "from", new CborInt(from)), Kind.OVERFLOW);
        }
        for (long count : List.of(0L, BlocksRequest.MAX_COUNT + 1L, 1L << 32)) {
            refused(CborAttacks.with(RANGE, "count", new CborInt(count)), Kind.OVERFLOW);
        }
        refused(CborAttacks.with(CIDS, "cids", CborList.of()), Kind.MALFORMED);
        refused(CborAttacks.with(CIDS, "cids", new CborList(IntStream.range(0, 17)
                .<CborValue>mapToObj(i -> new CborLink(TestCids.cid(i)))
                .toList())), Kind.TOO_MANY);
        refused(CborAttacks.with(CIDS, "from", new CborInt(1)), Kind.UNSUPPORTED);
    }

    private static void refused(Bytes bad, Kind kind) {
        Attacks.assertRefused(RangeRequestCodec.decode(bad), kind);
    }
}
