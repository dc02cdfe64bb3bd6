package io.pinfold.multiformats.cbor;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.cbor.CborValue.CborBytes;
import io.pinfold.multiformats.cbor.CborValue.CborFloat;
import io.pinfold.multiformats.cbor.CborValue.CborInt;
import io.pinfold.multiformats.cbor.CborValue.CborList;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.CborValue.CborNull;
import io.pinfold.multiformats.cbor.CborValue.CborText;
import io.pinfold.multiformats.testing.Attacks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

import static io.pinfold.multiformats.testing.Attacks.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DagCborTest {

    private static final CborLimits WIDE = new CborLimits(1 << 20, 100, 100_000);

    @Test
    void anyValueSurvivesAndHasOneEncoding() {
        long seed = 42;
        RandomCbor values = new RandomCbor(new Random(seed));
        for (int round = 0; round < 1_000; round++) {
            CborValue value = values.next(4);
            Bytes encoded = DagCbor.encode(value);
            assertThat(DagCbor.decode(encoded, WIDE)).as("seed %d, round %d", seed, round).isEqualTo(Decoded.ok(value));
        }
    }

    @Test
    void damagedInputIsRefusedOrCanonical() {
        long seed = 43;
        Random random = new Random(seed);
        RandomCbor values = new RandomCbor(random);
        for (int round = 0; round < 200; round++) {
            Bytes encoded = DagCbor.encode(values.next(3));
            Attacks.mutate(seed + round, 50, encoded, bytes -> DagCbor.decode(bytes, WIDE), DagCbor::encode);
        }
    }

    @Test
    void noiseIsRefusedOrCanonical() {
        long seed = 44;
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = new byte[random.nextInt(24)];
            random.nextBytes(noise);
            Bytes bytes = Bytes.copyOf(noise);
            if (DagCbor.decode(bytes, WIDE) instanceof Decoded.Ok<CborValue>(CborValue value)) {
                assertThat(DagCbor.encode(value)).as("seed %d, round %d", seed, round).isEqualTo(bytes);
            }
        }
    }

    @Test
    void keysComeInTheOrderOfTheirBytes() {
        CborMap map = CborMap.of(Map.of("z", new CborInt(1), "aa", new CborInt(2), "é", new CborInt(3), "\uffff",
                new CborInt(4), "😀", new CborInt(5), "abc", new CborInt(6), "", new CborInt(7)));

        assertThat(map.entries().sequencedKeySet()).containsExactly("", "z", "aa", "é", "abc", "\uffff", "😀");
        assertThat(DagCbor.decode(DagCbor.encode(map), WIDE)).isEqualTo(Decoded.ok(map));
    }

    @Test
    void aMapHoldsItsOwnEntries() {
        LinkedHashMap<String, CborValue> given = new LinkedHashMap<>(Map.of("a", new CborNull()));
        CborMap map = new CborMap(given);
        given.put("b", new CborNull());

        assertThat(map.entries()).hasSize(1);
        assertThatThrownBy(() -> map.entries().put("c", new CborNull()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(new CborMap(new TreeMap<>(map.entries()))).isEqualTo(map);
    }

    @Test
    void valuesThatTheDataModelLacksCannotBeMade() {
        assertThatThrownBy(() -> new CborFloat(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CborFloat(Double.NEGATIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class);
        for (String text : List.of("\ud800", "a\udc00", "\ud800\ud800\udc00", "\ud800a")) {
            assertThatThrownBy(() -> new CborText(text)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> CborMap.builder().put(text, 1).build())
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> CborMap.builder().put("a", 1).put("a", 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytesAreBounded() {
        CborValue value = new CborBytes(Bytes.copyOf(new byte[100]));

        assertThat(DagCbor.decode(DagCbor.encode(value), new CborLimits(102, 0, 1))).isEqualTo(Decoded.ok(value));
        assertRefused(DagCbor.decode(DagCbor.encode(value), new CborLimits(101, 0, 1)), Kind.TOO_LONG);
    }

    @Test
    void depthIsBounded() {
        assertThat(DagCbor.decode(nested(16), new CborLimits(1000, 16, 1000))).isInstanceOf(Decoded.Ok.class);
        assertRefused(DagCbor.decode(nested(17), new CborLimits(1000, 16, 1000)), Kind.TOO_DEEP);
        assertRefused(DagCbor.decode(nested(1 << 20), new CborLimits(1 << 20, CborLimits.HARD_MAX_DEPTH, 1 << 20)),
                Kind.TOO_DEEP);
        Bytes maps = Bytes.fromHex("a16161".repeat(17) + "00");
        assertRefused(DagCbor.decode(maps, new CborLimits(1000, 16, 1000)), Kind.TOO_DEEP);
        assertRefused(DagCbor.decode(nested(1), new CborLimits(1000, 0, 1000)), Kind.TOO_DEEP);
        assertThatThrownBy(() -> new CborLimits(1, 1025, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theGreatestDepthIsCodedWithoutOverflow() {
        Bytes deepest = nested(CborLimits.HARD_MAX_DEPTH);
        CborLimits limits = new CborLimits(10_000, CborLimits.HARD_MAX_DEPTH, 10_000);
        CborValue value = DagCbor.decode(deepest, limits).orElseThrow();

        assertThat(DagCbor.encode(value)).isEqualTo(deepest);
        CborList deeper = CborList.of(value);
        assertThatThrownBy(() -> DagCbor.encode(deeper)).isInstanceOf(IllegalArgumentException.class);
    }

    /** {@code depth} lists within one another. */
    private static Bytes nested(int depth) {
        return Bytes.fromHex("81".repeat(depth - 1) + "80");
    }

    @Test
    void itemsAreCountedInAll() {
        Bytes listsOfThree = Bytes.fromHex("82" + "83010203" + "83010203");
        Bytes map = Bytes.fromHex("a2616101616202");

        assertThat(DagCbor.decode(listsOfThree, new CborLimits(100, 2, 9))).isInstanceOf(Decoded.Ok.class);
        assertRefused(DagCbor.decode(listsOfThree, new CborLimits(100, 2, 8)), Kind.TOO_MANY);
        assertThat(DagCbor.decode(map, new CborLimits(100, 2, 5))).isInstanceOf(Decoded.Ok.class);
        assertRefused(DagCbor.decode(map, new CborLimits(100, 2, 4)), Kind.TOO_MANY);
        assertRefused(DagCbor.decode(Bytes.fromHex("00"), new CborLimits(100, 0, 0)), Kind.TOO_MANY);
    }

    /** A list that claims 2^31 - 1 items in an input that could hold them must not be allocated. */
    @Test
    void aClaimOfManyItemsAllocatesNothing() {
        Bytes claim = Bytes.fromHex("9a00fffff0").concat(Bytes.copyOf(new byte[0xfffff0]));

        assertRefused(DagCbor.decode(claim, new CborLimits(1 << 25, 1, 1000)), Kind.TOO_MANY);
        assertRefused(DagCbor.decode(Bytes.fromHex("ba7fffffff").concat(Bytes.copyOf(new byte[100])), WIDE),
                Kind.TRUNCATED);
        assertRefused(DagCbor.decode(Bytes.fromHex("9b4000000000000000").concat(Bytes.copyOf(new byte[100])), WIDE),
                Kind.TRUNCATED);
    }
}
