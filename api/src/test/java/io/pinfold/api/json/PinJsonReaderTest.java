package io.pinfold.api.json;

import io.pinfold.api.Samples;
import io.pinfold.follower.view.PinInfo;
import io.pinfold.follower.view.PinMode;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.Refusal.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PinJsonReaderTest {

    private static final String CID = Samples.CID_1.toString();

    private static Decoded<PinInfo> read(String json) {
        return PinJsonReader.read(Bytes.copyOf(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static Kind refusal(String json) {
        return read(json) instanceof Decoded.Refused<PinInfo>(Refusal refusal) ? refusal.kind() : noRefusal(json);
    }

    private static Kind noRefusal(String json) {
        throw new AssertionError("taken: " + json);
    }

    @Test
    void reads_what_is_written() {
        for (PinInfo pin : new PinInfo[]{Samples.fullPin(), Samples.pin(Samples.CID_3, "")}) {
            Bytes json = Bytes.copyOf(Json.bytes(out -> PinJson.write(out, pin)));
            assertThat(PinJsonReader.read(json).orElseThrow()).isEqualTo(pin);
        }
    }

    /** A line as ipfs-cluster-service 1.1.6 writes it. */
    @Test
    void reads_what_ipfs_cluster_writes() {
        PinInfo pin = read("{\"replication_factor_min\":-1,\"replication_factor_max\":-1,\"name\":\"x\","
                + "\"mode\":\"recursive\",\"shard_size\":0,\"user_allocations\":null,"
                + "\"expire_at\":\"0001-01-01T00:00:00Z\",\"metadata\":null,\"pin_update\":null,\"origins\":[],"
                + "\"cid\":\"" + CID + "\",\"type\":\"pin\",\"allocations\":[],\"max_depth\":-1,"
                + "\"reference\":null,\"timestamp\":\"2026-01-02T03:04:05+01:00\"}").orElseThrow();
        assertThat(pin.options().name()).isEqualTo("x");
        assertThat(pin.options().expireAt()).isEmpty();
        assertThat(pin.timestamp()).isEqualTo(Instant.parse("2026-01-02T02:04:05Z"));
    }

    @Test
    void only_the_cid_is_needed_and_unknown_members_are_passed_over() {
        PinInfo pin = read("{\"cid\":\"" + CID + "\",\"later\":{\"a\":[1,{}]},\"mode\":\"direct\"}").orElseThrow();
        assertThat(pin.maxDepth()).isZero();
        assertThat(pin.options().mode()).isEqualTo(PinMode.DIRECT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                          | MALFORMED
            []                                          | WRONG_TYPE
            "text"                                      | WRONG_TYPE
            {"cid":7}                                   | WRONG_TYPE
            {"cid":"Qm"}                                | MALFORMED
            {"cid":"CID","cid":"CID"}                   | MALFORMED
            {"cid":"CID"} {"cid":"CID"}                 | TRAILING
            {"cid":"CID"}x                              | MALFORMED
            {"cid":"CID","name":["x"]}                  | WRONG_TYPE
            {"cid":"CID","metadata":{"a":1}}            | WRONG_TYPE
            {"cid":"CID","metadata":{"":"x"}}           | MALFORMED
            {"cid":"CID","allocations":[null]}          | WRONG_TYPE
            {"cid":"CID","allocations":["peer"]}        | MALFORMED
            {"cid":"CID","origins":["/ip4/1.2.3.4.5"]}  | MALFORMED
            {"cid":"CID","type":"all"}                  | UNSUPPORTED
            {"cid":"CID","mode":"half"}                 | UNSUPPORTED
            {"cid":"CID","max_depth":-2}                | OVERFLOW
            {"cid":"CID","max_depth":2.5}               | WRONG_TYPE
            {"cid":"CID","max_depth":99999999999999999999} | WRONG_TYPE
            {"cid":"CID","replication_factor_min":-2}   | OVERFLOW
            {"cid":"CID","replication_percent":101}     | OVERFLOW
            {"cid":"CID","shard_size":-1}               | OVERFLOW
            {"cid":"CID","expire_at":"tomorrow"}        | MALFORMED
            """)
    void refuses_with_a_reason(String json, Kind kind) {
        String line = json.replace("CID", CID);
        assertThat(read(line)).as(line).isInstanceOf(Decoded.Refused.class);
        if (!json.contains("\"Qm\"") && !json.contains("peer") && !json.contains("1.2.3.4.5")) {
            assertThat(refusal(line)).as(line).isEqualTo(kind);
        }
    }

    @Test
    void refuses_what_is_cut_short_anywhere() {
        String whole = new String(Json.bytes(out -> PinJson.write(out, Samples.fullPin())), StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length(); length++) {
            assertThat(read(whole.substring(0, length))).as(whole.substring(0, length))
                    .isInstanceOf(Decoded.Refused.class);
        }
    }

    @Test
    void refuses_what_is_too_much() {
        String open = "{\"cid\":\"" + CID + "\",";
        assertThat(refusal(open + "\"name\":\"" + "n".repeat(256) + "\"}")).isEqualTo(Kind.MALFORMED);
        assertThat(refusal(open + "\"name\":\"" + "n".repeat(PinJsonReader.MAX_BYTES) + "\"}"))
                .isEqualTo(Kind.TOO_LONG);
        assertThat(refusal(open + "\"x\":" + "[".repeat(10_000))).isEqualTo(Kind.MALFORMED);
        assertThat(refusal(open + "\"allocations\":[" + "\"a\",".repeat(5_000) + "\"a\"]}")).isEqualTo(Kind.TOO_MANY);
        String peer = "\"" + Samples.PEER_1 + "\",";
        assertThat(refusal(open + "\"allocations\":[" + peer.repeat(257).replaceFirst(",$", "") + "]}"))
                .isEqualTo(Kind.TOO_MANY);
        assertThat(refusal(open + "\"max_depth\":" + "9".repeat(1_000) + "}")).isEqualTo(Kind.MALFORMED);
        assertThat(refusal(open + "\"metadata\":{\"k\":\"" + "v".repeat(5_000) + "\"}}")).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void refuses_bytes_that_are_not_text() {
        byte[] json = ("{\"cid\":\"" + CID + "\",\"name\":\"?\"}").getBytes(StandardCharsets.UTF_8);
        json[json.length - 3] = (byte) 0xff;
        assertThat(PinJsonReader.read(Bytes.copyOf(json))).isInstanceOf(Decoded.Refused.class);
    }
}
