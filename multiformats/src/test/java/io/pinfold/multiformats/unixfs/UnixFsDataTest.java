package io.pinfold.multiformats.unixfs;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.pinfold.multiformats.testing.Attacks.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

class UnixFsDataTest {

    private static final List<UnixFsType> TYPES = List.of(UnixFsType.values());

    /** Messages of blocks that Kubo 0.43 made. */
    @Test
    void messagesAreThoseOfKubo() {
        assertEncoding(UnixFsData.leaf(Bytes.EMPTY, UnixFsStat.NONE), "08021800");
        assertEncoding(UnixFsData.leaf(text("hello"), UnixFsStat.NONE), "0802120568656c6c6f1805");
        assertEncoding(UnixFsData.leaf(text("hello"), mode(0640)), "0802120568656c6c6f180538a003");
        assertEncoding(UnixFsData.leaf(Bytes.EMPTY, mtime(5, 7)), "08021800420708051507000000");
        assertEncoding(UnixFsData.leaf(text("hello"), mtime(-5, 0)),
                "0802120568656c6c6f1805420b08fbffffffffffffffff01");
        assertEncoding(UnixFsData.symlink(text("a"), mtime(1546398245, 0)), "0804120161420608a5d4b0e105");
        assertEncoding(UnixFsData.folder(UnixFsStat.NONE), "0801");
        assertEncoding(UnixFsData.file(5, List.of(1L, 1L, 1L, 1L, 1L),
                new UnixFsStat(OptionalInt.of(0640), Optional.of(Instant.ofEpochSecond(1577934245, 678_000_000)))),
                "080218052001200120012001200138a003420b08a5bbb5f0051580756928");
        assertEncoding(UnixFsData.shard(Bytes.fromHex("0104"),
                new UnixFsShard(UnixFsShard.MURMUR3_X64_64, 256), UnixFsStat.NONE), "0805120201042822308002");
    }

    @Test
    void foreignFormsAreRead() {
        assertThat(decode("18050802").fileSize()).isEqualTo(OptionalLong.of(5));
        assertThat(decode("08010802").type()).isEqualTo(UnixFsType.FILE);
        assertThat(decode("08022203010203").blockSizes()).containsExactly(1L, 2L, 3L);
        assertThat(decode("08024a00500a5900000000000000006500000000").type()).isEqualTo(UnixFsType.FILE);
        assertThat(decode("080238ffffffff0f").stat().mode()).isEqualTo(OptionalInt.of(-1));
        assertThat(decode("08052822").shard()).contains(new UnixFsShard(0x22, 0));
    }

    @Test
    void timesThatAreNoneAreAbsent() {
        assertThat(decode("08024200").stat().mtime()).isEmpty();
        assertThat(decode("080242051501000000").stat().mtime()).isEmpty();
        assertThat(decode("0802420708051500ca9a3b").stat().mtime()).isEmpty();
        assertThat(decode("08024207080515ffc99a3b").stat().mtime()).contains(Instant.ofEpochSecond(5, 999_999_999));
    }

    @ParameterizedTest
    @CsvSource({"'', MALFORMED", "1800, MALFORMED", "0806, MALFORMED", "08ffffffffffffffff7f, MALFORMED",
        "0803ff, TRUNCATED", "08, TRUNCATED", "080212, TRUNCATED", "0802120261, TRUNCATED", "080218ff, TRUNCATED",
        "0802188000, NOT_CANONICAL", "080218ffffffffffffffffff01, OVERFLOW", "08020b, MALFORMED", "080207, MALFORMED",
        "0802220180, TRUNCATED", "08024241, TOO_LONG", "0802420208, TRUNCATED", "080242020880, TRUNCATED",
        "0802420a08ffffffffffffffff7f, OVERFLOW", "0802420c08ffffffffffffffffffff01, OVERFLOW",
        "08024203150101, TRUNCATED", "080212ffffffff07, TOO_LONG"})
    void badMessagesAreRefused(String hex, Kind kind) {
        assertRefused(UnixFsData.decode(Bytes.fromHex(hex)), kind);
    }

    @Test
    void messagesAreBounded() {
        assertRefused(UnixFsData.decode(Bytes.copyOf(new byte[UnixFsData.MAX_BYTES + 1])), Kind.TOO_LONG);
        assertRefused(UnixFsData.decode(Bytes.fromHex("2001".repeat(UnixFsData.MAX_FIELDS) + "0802")), Kind.TOO_MANY);
        assertThat(UnixFsData.decode(Bytes.fromHex("2001".repeat(UnixFsData.MAX_FIELDS - 1) + "0802"))
                .orElseThrow()
                .blockSizes()).hasSize(UnixFsData.MAX_FIELDS - 1);
    }

    @Test
    void anyMessageSurvivesAndDamagedOnesNeverThrow() {
        long seed = 11;
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            UnixFsData message = message(random);
            Bytes encoded = message.encode();
            assertThat(UnixFsData.decode(encoded)).as("seed %d", seed).isEqualTo(Decoded.ok(message));
            byte[] damaged = encoded.toArray();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            assertThat(UnixFsData.decode(Bytes.copyOf(damaged))).isNotNull();
            assertThat(UnixFsData.decode(encoded.slice(0, random.nextInt(encoded.size())))).isNotNull();
        }
    }

    private static UnixFsData message(Random random) {
        UnixFsStat stat = new UnixFsStat(random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt()),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000))));
        Optional<UnixFsShard> shard = random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new UnixFsShard(random.nextLong() >>> 1, random.nextInt(2000)));
        return new UnixFsData(TYPES.get(random.nextInt(TYPES.size())), Bytes.copyOf(new byte[random.nextInt(20)]),
                random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong() >>> 1),
                LongStream.range(0, random.nextInt(5)).map(_ -> random.nextLong() >>> 1).boxed().toList(), shard, stat);
    }

    private static void assertEncoding(UnixFsData message, String hex) {
        assertThat(message.encode().toHex()).isEqualTo(hex);
        assertThat(UnixFsData.decode(Bytes.fromHex(hex))).isEqualTo(Decoded.ok(message));
    }

    private static UnixFsData decode(String hex) {
        return UnixFsData.decode(Bytes.fromHex(hex)).orElseThrow();
    }

    private static UnixFsStat mode(int mode) {
        return new UnixFsStat(OptionalInt.of(mode), Optional.empty());
    }

    private static UnixFsStat mtime(long seconds, int nanos) {
        return new UnixFsStat(OptionalInt.empty(), Optional.of(Instant.ofEpochSecond(seconds, nanos)));
    }

    private static Bytes text(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }
}
