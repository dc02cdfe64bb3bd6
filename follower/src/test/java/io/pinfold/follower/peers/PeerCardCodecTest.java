package io.pinfold.follower.peers;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PeerCardCodecTest {

    private static final Multiaddr ADDRESS = Multiaddr.parse("/ip4/127.0.0.1/tcp/9096").orElseThrow();
    private static final PeerCard CARD = new PeerCard(TestCids.cid(1), "archive", "0.1.0", List.of(ADDRESS),
            Optional.of(new NodeCard(TestKeys.peerId(3), List.of(ADDRESS))));

    @Test
    void aCardIsReadAsItWasWritten() {
        assertThat(PeerCardCodec.decode(PeerCardCodec.encode(CARD))).isEqualTo(Decoded.ok(CARD));
        var bare = new PeerCard(TestCids.cid(1), "", "", List.of(), Optional.empty());
        assertThat(PeerCardCodec.decode(PeerCardCodec.encode(bare))).isEqualTo(Decoded.ok(bare));
    }

    @Test
    void aCardCutAnywhereIsRefused() {
        Bytes whole = PeerCardCodec.encode(CARD);
        for (int i = 0; i < whole.size(); i++) {
            assertThat(PeerCardCodec.decode(whole.slice(0, i))).as("cut to %d", i).isInstanceOf(Decoded.Refused.class);
        }
        assertThat(kind(whole.concat(Bytes.fromHex("00")))).isEqualTo(Refusal.Kind.TRAILING);
    }

    @Test
    void whatIsTooMuchOrOfTheWrongTypeIsRefused() {
        assertThat(kind(Bytes.copyOf(new byte[PeerCardCodec.MAX_BYTES + 1]))).isEqualTo(Refusal.Kind.TOO_LONG);
        assertThat(kind(card("x".repeat(256), List.of()))).isEqualTo(Refusal.Kind.TOO_LONG);
        assertThat(kind(card("x", Collections.nCopies(33, ADDRESS)))).isEqualTo(Refusal.Kind.TOO_MANY);
        assertThat(kind(DagCbor.encode(CborMap.builder().put("name", 1).build()))).isNotNull();
    }

    private static Bytes card(String name, List<Multiaddr> addresses) {
        return DagCbor.encode(CborMap.builder()
                .put("cluster", TestCids.cid(1))
                .put("name", name)
                .put("version", "")
                .put("addresses",
                        addresses.stream()
                                .map(a -> new io.pinfold.multiformats.cbor.CborValue.CborBytes(a.toBytes()))
                                .toList())
                .build());
    }

    private static Refusal.Kind kind(Bytes bytes) {
        return PeerCardCodec.decode(bytes) instanceof Decoded.Refused<PeerCard>(Refusal refusal)
                ? refusal.kind()
                : org.assertj.core.api.Assertions.fail("accepted");
    }
}
