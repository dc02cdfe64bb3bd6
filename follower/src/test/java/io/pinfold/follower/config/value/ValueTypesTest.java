package io.pinfold.follower.config.value;

import io.pinfold.multiformats.Decoded;
import io.pinfold.testkit.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ValueTypesTest {

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @ParameterizedTest
    @CsvSource({"0,PT0S,0s", "1m30s,PT1M30S,1m30s", "24h,PT24H,24h", "24h0m0s,PT24H,24h", "1.5h,PT1H30M,1h30m",
        "500ms,PT0.5S,500ms", "1500ms,PT1.5S,1.5s", ".5s,PT0.5S,500ms", "2.s,PT2S,2s", "1us,PT0.000001S,1us",
        "1µs,PT0.000001S,1us", "7ns,PT0.000000007S,7ns", "1h1ns,PT1H0.000000001S,1h0.000000001s", "-5s,PT-5S,-5s",
        "+5s,PT5S,5s", "PT1M30S,PT1M30S,1m30s", "P1D,PT24H,24h", "PT0.25S,PT0.25S,250ms",
        "2562047h47m16.854775807s,PT2562047H47M16.854775807S,2562047h47m16.854775807s"})
    void durations(String text, String iso, String shown) {
        assertThat(DurationText.parse(text)).isEqualTo(Decoded.ok(Duration.parse(iso)));
        assertThat(DurationText.format(Duration.parse(iso))).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "5 s", "5x", "1m30", "1h-5m", "1d", "PT", "P1X", "--5s", "5s ", "..5s",
        "1e3s",
        "2562047h47m16.854775808s", "99999999999999999999h", "١s"})
    void noDurations(String text) {
        assertThat(DurationText.parse(text)).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void durationsThatAreTooLongToReadAreRefusedAtOnce() {
        assertThat(DurationText.parse("9".repeat(1_000_000) + "h")).isInstanceOf(Decoded.Refused.class);
        assertThat(DurationText.parse("1ns".repeat(100))).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void whatIsWrittenIsReadBack() {
        RandomGenerator random = seeds.generator();
        for (int i = 0; i < 5_000; i++) {
            Duration duration = Duration.ofNanos(random.nextLong(Long.MAX_VALUE) >> random.nextInt(62));
            assertThat(DurationText.parse(DurationText.format(duration))).as(seeds.toString())
                    .isEqualTo(Decoded.ok(duration));
            long size = random.nextLong(Long.MAX_VALUE) >> random.nextInt(62);
            assertThat(SizeText.parse(SizeText.format(size))).as(seeds.toString()).isEqualTo(Decoded.ok(size));
            long round = (size >> 45) * 1024 * 1024;
            assertThat(SizeText.parse(SizeText.format(round))).as(seeds.toString()).isEqualTo(Decoded.ok(round));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0", "512,512", "512B,512", "1KB,1000", "1kB,1000", "1KiB,1024", "1 MiB,1048576", "10GB,10000000000",
        "1.5GiB,1610612736", "2TB,2000000000000", "1TiB,1099511627776", "0.5B,0"})
    void sizes(String text, long bytes) {
        assertThat(SizeText.parse(text)).isEqualTo(Decoded.ok(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "B", "1K", "1Ki", "1iB", "-1", "1EB", "1e3", "1 . 5GB", "1GBB", "9223372036854775808",
        "99999999TiB", "1.GB", ".5GB"})
    void noSizes(String text) {
        assertThat(SizeText.parse(text)).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void numbersHaveBounds() {
        Integers type = new Integers(1, 10);
        assertThat(type.parse(text("10"))).isEqualTo(Decoded.ok(10));
        for (String bad : List.of("0", "11", "-3", "1.0", "", "99999999999999999999", "4294967297", "0x1", "ten")) {
            assertThat(type.parse(text(bad))).as(bad).isInstanceOf(Decoded.Refused.class);
        }
        assertThat(type.parse(new RawValue.Items(List.of("1")))).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void sharesAreFractionsOrPercents() {
        assertThat(new Shares().parse(text("10%"))).isEqualTo(Decoded.ok(0.1));
        assertThat(new Shares().parse(text("0.25"))).isEqualTo(Decoded.ok(0.25));
        assertThat(new Shares().parse(text("1"))).isEqualTo(Decoded.ok(1.0));
        assertThat(new Shares().show(0.1)).isEqualTo("0.1");
        for (String bad : List.of("0", "0%", "1.1", "101%", "-1", "NaN", "", "%", "1e-3")) {
            assertThat(new Shares().parse(text(bad))).as(bad).isInstanceOf(Decoded.Refused.class);
        }
    }

    @Test
    void listsAreListsOrCommas() {
        Lists<Integer> type = new Lists<>(new Integers(0, 9), 0, 3);
        assertThat(type.parse(text("1, 2,3"))).isEqualTo(Decoded.ok(List.of(1, 2, 3)));
        assertThat(type.parse(text(""))).isEqualTo(Decoded.ok(List.of()));
        assertThat(type.parse(new RawValue.Items(List.of("1")))).isEqualTo(Decoded.ok(List.of(1)));
        assertThat(type.parse(text("1,2,3,4"))).isInstanceOf(Decoded.Refused.class);
        assertThat(type.parse(text("1,,3"))).isInstanceOf(Decoded.Refused.class);
        assertThat(type.parse(text("1,x"))).asString().contains("item 2 \"x\"");
    }

    @Test
    void addressesToListenHaveNoPeerAndAddressesToDialHaveOne() {
        Addresses listen = new Addresses(Addresses.Peer.NONE);
        Addresses dial = new Addresses(Addresses.Peer.REQUIRED);
        String plain = "/ip4/127.0.0.1/tcp/9096";
        String full = plain + "/p2p/12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA";
        assertThat(listen.parse(text(plain))).isInstanceOf(Decoded.Ok.class);
        assertThat(listen.parse(text(full))).isInstanceOf(Decoded.Refused.class);
        assertThat(dial.parse(text(full))).isInstanceOf(Decoded.Ok.class);
        assertThat(dial.parse(text(plain))).isInstanceOf(Decoded.Refused.class);
        assertThat(listen.parse(text("/ip4/0.0.0.0/udp/9096/quic-v1"))).isInstanceOf(Decoded.Refused.class);
        assertThat(listen.parse(text("127.0.0.1:9096"))).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void credentialsArePairsAndNeverShown() {
        Credentials type = new Credentials();
        assertThat(type.parse(text("ann:s3:cret,bob:x"))).isEqualTo(Decoded.ok(Map.of("ann", "s3:cret", "bob", "x")));
        assertThat(type.parse(text(""))).isEqualTo(Decoded.ok(Map.of()));
        assertThat(type.show(Map.of("bob", "x", "ann", "y"))).isEqualTo("ann:***,bob:***");
        for (String bad : List.of("ann", ":x", "ann:", "ann:x,ann:y", "ann:x,", "a".repeat(257) + ":x")) {
            assertThat(type.parse(text(bad))).as(bad).isInstanceOf(Decoded.Refused.class);
        }
        assertThat(type.parse(new RawValue.Entries(Map.of("a:b", "x")))).isInstanceOf(Decoded.Refused.class);
    }

    private static RawValue text(String text) {
        return new RawValue.Text(text);
    }
}
