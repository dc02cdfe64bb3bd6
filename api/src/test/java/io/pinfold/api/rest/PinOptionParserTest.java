package io.pinfold.api.rest;

import io.pinfold.api.Samples;
import io.pinfold.api.http.Query;
import io.pinfold.follower.view.PinMode;
import io.pinfold.follower.view.PinOptions;
import io.pinfold.follower.view.Replication;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PinOptionParserTest {

    private static PinOptions parse(String raw) throws BadParameterException {
        Query query = ((Query.Parsed.Good) Query.parse(raw)).query();
        return new PinOptionParser(query, () -> Samples.NOW).parse();
    }

    @Test
    void nothing_given_leaves_everything_to_the_cluster() throws BadParameterException {
        assertThat(parse("")).isEqualTo(PinOptions.DEFAULT);
        assertThat(parse("name=&mode=&user-allocations=&expire-at=&expire-in=&origins=&pin-update=&shard-size=0"
                + "&replication-min=0&replication-max=0&unknown=1")).isEqualTo(PinOptions.DEFAULT);
    }

    @Test
    void everything_given() throws BadParameterException {
        PinOptions options = parse("name=a%20b&mode=direct&replication-min=2&replication-max=3&shard-size=9"
                + "&user-allocations=" + Samples.PEER_1 + "," + Samples.PEER_2.toCid()
                + "&expire-at=2026-11-21T12:00:00%2B01:00&meta-k=v&meta-empty=&pin-update=" + Samples.CID_1
                + "&origins=/ip4/192.0.2.1/tcp/4001/p2p/" + Samples.IPFS_1);
        assertThat(options.name()).isEqualTo("a b");
        assertThat(options.mode()).isEqualTo(PinMode.DIRECT);
        assertThat(options.replication()).isEqualTo(Replication.between(2, 3));
        assertThat(options.shardSize()).isEqualTo(9);
        assertThat(options.userAllocations()).containsExactly(Samples.PEER_1, Samples.PEER_2);
        assertThat(options.expireAt()).contains(Samples.NOW.plusSeconds(3600));
        assertThat(options.metadata()).isEqualTo(Map.of("k", "v", "empty", ""));
        assertThat(options.pinUpdate()).contains(Samples.CID_1);
        assertThat(options.origins())
                .isEqualTo(List.of(Samples.address("/ip4/192.0.2.1/tcp/4001").withPeer(Samples.IPFS_1)));
    }

    @ParameterizedTest
    @CsvSource({"replication=-1,-1,-1", "replication=4,4,4", "replication=4&replication-max=9,4,9",
        "replication-min=2,2,0", "replication-max=-1,0,-1"})
    void replication(String raw, int min, int max) throws BadParameterException {
        assertThat(parse(raw).replication()).isEqualTo(Replication.between(min, max));
    }

    @Test
    void replication_by_share() throws BadParameterException {
        assertThat(parse("replication-percent=30").replication())
                .isEqualTo(new Replication(0, 0, OptionalInt.of(30)));
    }

    @Test
    void expiry() throws BadParameterException {
        assertThat(parse("expire-in=1h").expireAt()).contains(Samples.NOW.plusSeconds(3600));
        assertThat(parse("expire-in=1h&expire-at=2026-11-21T10:00:01Z").expireAt())
                .contains(Samples.NOW.plusSeconds(1));
        assertThat(parse("expire-at=0001-01-01T00:00:00Z").expireAt()).isEqualTo(Optional.empty());
        assertThat(parse("expire-at=1970-01-01T00:00:00Z").expireAt()).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode=both", "replication=x", "replication=-2", "replication=99999999999",
        "replication-min=-1&replication-max=2", "replication-min=3&replication-max=2", "replication-percent=0",
        "replication-percent=101", "shard-size=-1", "shard-size=9999999999999999999", "user-allocations=nobody",
        "expire-at=tomorrow", "expire-at=2026-11-21T09:59:59Z", "expire-at=2026-11-21T10:00:00Z", "expire-in=1d",
        "expire-in=999ms", "expire-in=-5s", "meta-=x", "pin-update=x", "origins=/ip4/192.0.2.1/tcp/4001",
        "origins=nowhere"})
    void refuses(String raw) {
        assertThatThrownBy(() -> parse(raw)).as(raw)
                .isInstanceOf(BadParameterException.class)
                .hasMessageStartingWith("invalid ");
    }

    @Test
    void refuses_too_much() {
        String origin = "/ip4/192.0.2.1/tcp/4001/p2p/" + Samples.IPFS_1;
        for (String raw : List.of("name=" + "x".repeat(256), "name=" + "%C3%A4".repeat(128),
                "origins=" + (origin + ",").repeat(11), "meta-k=" + "x".repeat(4096),
                "user-allocations=" + (Samples.PEER_1 + ",").repeat(257), IntStream.range(0, 65)
                        .mapToObj(i -> "meta-" + i + "=1")
                        .collect(Collectors.joining("&")))) {
            assertThatThrownBy(() -> parse(raw)).as(raw).isInstanceOf(BadParameterException.class);
        }
    }

    @Test
    void takes_as_much_as_is_allowed() throws BadParameterException {
        assertThat(parse("name=" + "x".repeat(255)).name()).hasSize(255);
        assertThat(parse("meta-k=" + "x".repeat(4095)).metadata()).hasSize(1);
    }
}
