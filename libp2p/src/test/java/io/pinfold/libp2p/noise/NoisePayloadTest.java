package io.pinfold.libp2p.noise;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.testkit.Seeds;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class NoisePayloadTest {

    private static final NoisePayload FULL = new NoisePayload(Bytes.fromHex("0102"), Bytes.fromHex("0304"),
            List.of("/yamux/1.0.0", "/x"));

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @Test
    void looksAsTheSpecificationSays() {
        assertThat(HexFormat.of().formatHex(FULL.toBytes()))
                .isEqualTo("0a020102" + "12020304" + "2212" + "120c2f79616d75782f312e302e30" + "12022f78");
        assertThat(NoisePayload.decode(FULL.toBytes())).isEqualTo(Decoded.ok(FULL));
    }

    @Test
    void passesOverWhatItDoesNotKnow() {
        byte[] more = HexFormat.of().parseHex("0a020102" + "1202030422040a020506" + "1a0107");
        assertThat(NoisePayload.decode(more))
                .isEqualTo(Decoded.ok(new NoisePayload(Bytes.fromHex("0102"), Bytes.fromHex("0304"), List.of())));
    }

    @Test
    void refusesTooManyMultiplexers() {
        NoisePayload many = new NoisePayload(Bytes.EMPTY, Bytes.EMPTY,
                Collections.nCopies(NoisePayload.MAX_MUXERS + 1, "/x"));
        assertThat(NoisePayload.decode(many.toBytes())).isInstanceOfSatisfying(Decoded.Refused.class,
                refused -> assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.TOO_MANY));
    }

    @Test
    void neverFailsOnNoise() {
        RandomGenerator random = seeds.generator();
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = FULL.toBytes();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            assertThat(NoisePayload.decode(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1))))
                    .as(seeds.toString())
                    .isNotNull();
        }
    }
}
