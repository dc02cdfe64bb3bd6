package io.pinfold.libp2p.identify;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Refusal;
import io.pinfold.testkit.Seeds;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class IdentifyMessageTest {

    private static final IdentifyMessage FULL = new IdentifyMessage(Optional.of(Bytes.fromHex("0801")),
            List.of(Multiaddr.parse("/ip4/192.0.2.1/tcp/1").orElseThrow()), Set.of("/a", "/b"),
            Optional.of(Multiaddr.parse("/ip4/192.0.2.2/tcp/2").orElseThrow()), Optional.of("v/1"), Optional.of("x"),
            Optional.of(Bytes.fromHex("ff")));

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @Test
    void survivesTheWire() {
        assertThat(IdentifyMessage.decode(FULL.toBytes())).isEqualTo(Decoded.ok(FULL));
        assertThat(IdentifyMessage.decode(Bytes.EMPTY)).isEqualTo(Decoded.ok(IdentifyMessage.EMPTY));
    }

    @Test
    void looksAsTheSpecificationSays() {
        assertThat(FULL.toBytes().toHex()).isEqualTo("0a020801" + "120804c0000201060001" + "1a022f61" + "1a022f62"
                + "220804c0000202060002" + "2a03762f31" + "320178" + "4201ff");
    }

    @Test
    void passesOverFieldsThatItDoesNotKnow() {
        Bytes more = FULL.toBytes().concat(Bytes.fromHex("7a0301020378ff01"));
        assertThat(IdentifyMessage.decode(more)).isEqualTo(Decoded.ok(FULL));
    }

    @Test
    void boundsAddressesAlsoThoseThatItDoesNotKnow() {
        String known = "120804c0000201060001";
        String unknown = "1203ff7f01";
        int most = IdentifyMessage.MAX_ADDRESSES;
        assertThat(IdentifyMessage.decode(Bytes.fromHex(known.repeat(most)))).isInstanceOf(Decoded.Ok.class);
        for (String more : List.of(known, unknown)) {
            assertThat(IdentifyMessage.decode(Bytes.fromHex(known.repeat(most) + more)))
                    .isInstanceOfSatisfying(Decoded.Refused.class,
                            refused -> assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.TOO_MANY));
        }
    }

    @Test
    void aPartReplacesWhatItSays() {
        IdentifyMessage part = new IdentifyMessage(Optional.empty(), List.of(), Set.of("/c"), Optional.empty(),
                Optional.empty(), Optional.of("y"), Optional.empty());
        IdentifyMessage merged = FULL.with(part);
        assertThat(merged.protocols()).containsExactly("/c");
        assertThat(merged.agentVersion()).contains("y");
        assertThat(merged.listenAddresses()).isEqualTo(FULL.listenAddresses());
        assertThat(merged.publicKey()).isEqualTo(FULL.publicKey());
    }

    @Test
    void neverFailsOnNoise() {
        RandomGenerator random = seeds.generator();
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = FULL.toBytes().toArray();
            for (int flips = random.nextInt(1, 8); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            assertThat(IdentifyMessage.decode(Bytes.copyOf(bytes, 0, random.nextInt(bytes.length + 1))))
                    .as(seeds.toString())
                    .isNotNull();
        }
    }
}
