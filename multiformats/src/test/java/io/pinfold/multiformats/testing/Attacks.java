package io.pinfold.multiformats.testing;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/** Bad input for parsers, made from good input. */
public final class Attacks {

    private Attacks() {}

    /** Asserts that {@code decoded} is a refusal of {@code kind}. */
    public static void assertRefused(Decoded<?> decoded, Refusal.Kind kind) {
        assertThat(decoded).isInstanceOf(Decoded.Refused.class);
        assertThat(((Decoded.Refused<?>) decoded).refusal().kind()).as(decoded.toString()).isEqualTo(kind);
    }

    /** Asserts that all beginnings of {@code good} but itself are refused, and {@code good} with a byte behind it. */
    public static void cutAndExtend(Bytes good, Function<Bytes, ? extends Decoded<?>> decode) {
        assertThat(decode.apply(good)).as("the good input").isInstanceOf(Decoded.Ok.class);
        for (int size = 0; size < good.size(); size++) {
            assertThat(decode.apply(good.slice(0, size))).as("first %d bytes of %s", size, good)
                    .isInstanceOf(Decoded.Refused.class);
        }
        for (int next = 0; next < 256; next++) {
            assertThat(decode.apply(good.concat(Bytes.copyOf(new byte[]{(byte) next}))))
                    .as("%s and then %02x", good, next)
                    .isInstanceOf(Decoded.Refused.class);
        }
    }

    /**
     * Asserts that of {@code good}, changed at random {@code rounds} times, nothing is accepted that is not the encoding
     * of its own value, and that no refusal is an exception.
     */
    public static <T> void mutate(long seed, int rounds, Bytes good, Function<Bytes, Decoded<T>> decode,
            Function<T, Bytes> encode) {
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            Bytes bad = mutation(good.toArray(), random);
            if (decode.apply(bad) instanceof Decoded.Ok<T>(T value)) {
                assertThat(encode.apply(value)).as("seed %d, round %d, accepted %s", seed, round, bad).isEqualTo(bad);
            }
        }
    }

    private static Bytes mutation(byte[] bytes, Random random) {
        int changes = 1 + random.nextInt(3);
        byte[] changed = bytes;
        for (int i = 0; i < changes && changed.length > 0; i++) {
            int at = random.nextInt(changed.length);
            switch (random.nextInt(4)) {
                case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> changed[at] = (byte) random.nextInt();
                case 2 -> changed = Arrays.copyOf(changed, at);
                default -> {
                    byte[] longer = Arrays.copyOf(changed, changed.length + 1);
                    System.arraycopy(changed, at, longer, at + 1, changed.length - at);
                    longer[at] = (byte) random.nextInt();
                    changed = longer;
                }
            }
        }
        return Bytes.copyOf(changed);
    }
}
