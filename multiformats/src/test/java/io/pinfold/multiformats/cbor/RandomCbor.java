package io.pinfold.multiformats.cbor;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.cbor.CborValue.CborBool;
import io.pinfold.multiformats.cbor.CborValue.CborBytes;
import io.pinfold.multiformats.cbor.CborValue.CborFloat;
import io.pinfold.multiformats.cbor.CborValue.CborInt;
import io.pinfold.multiformats.cbor.CborValue.CborLink;
import io.pinfold.multiformats.cbor.CborValue.CborList;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.CborValue.CborNull;
import io.pinfold.multiformats.cbor.CborValue.CborText;
import io.pinfold.multiformats.testing.TestCids;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.stream.IntStream;

/** Values of every kind, with sizes and numbers around the bounds at which the encoding changes. */
final class RandomCbor {

    private static final int[] SIZES = {0, 1, 2, 23, 24, 25, 255, 256, 257};

    private final Random random;

    RandomCbor(Random random) {
        this.random = random;
    }

    CborValue next(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 0, 1 -> new CborInt(number());
            case 2 -> {
                byte[] bytes = new byte[SIZES[random.nextInt(SIZES.length)]];
                random.nextBytes(bytes);
                yield new CborBytes(Bytes.copyOf(bytes));
            }
            case 3 -> new CborText(text(SIZES[random.nextInt(SIZES.length)]));
            case 4 -> new CborLink(TestCids.cid(random.nextInt()));
            case 5 -> new CborBool(random.nextBoolean());
            case 6 -> new CborNull();
            case 7 -> new CborFloat(finite());
            case 8 -> new CborList(IntStream.range(0, size()).mapToObj(_ -> next(depth - 1)).toList());
            default -> {
                LinkedHashMap<String, CborValue> entries = new LinkedHashMap<>();
                for (int i = size(); i > 0; i--) {
                    entries.put(text(random.nextInt(5)), next(depth - 1));
                }
                yield new CborMap(entries);
            }
        };
    }

    private int size() {
        return random.nextInt(20) == 0 ? 24 + random.nextInt(3) : random.nextInt(6);
    }

    private long number() {
        long power = 1L << random.nextInt(64);
        return random.nextBoolean() ? random.nextLong() >> random.nextInt(64) : power - 2 + random.nextInt(5);
    }

    private double finite() {
        double number = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(number) ? number : random.nextInt();
    }

    private String text(int characters) {
        int[] codePoints = new int[characters];
        for (int i = 0; i < characters; i++) {
            codePoints[i] = switch (random.nextInt(8)) {
                case 0 -> 0x80 + random.nextInt(0x700);
                case 1 -> 0xe000 + random.nextInt(0x2000);
                case 2 -> 0x10000 + random.nextInt(0x100000);
                default -> random.nextInt(0x80);
            };
        }
        return new String(codePoints, 0, characters);
    }
}
