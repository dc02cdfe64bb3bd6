package io.pinfold.chain.store.pins;

import io.pinfold.chain.core.Pin;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.core.PinType;
import io.pinfold.chain.core.Replication;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.testkit.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class PinEntryCodecTest {

    private static final Cid CID = TestCids.cid(1);
    private static final PinEntry PLAIN = new PinEntry(Pin.of(CID), 7, 1000);
    private static final PinEntry FULL = new PinEntry(TestOps.full(1), 1L << 40, 1_767_225_600_000L);

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @Test
    void entriesAreReadBack() {
        Pin percent = new Pin(CID, PinType.SHARD, "", 0, Replication.percent(100), FULL.pin().allocations(), List.of(),
                FULL.pin().reference(), FULL.pin().expireAt(), FULL.pin().metadata(), List.of(),
                FULL.pin().pinUpdate(), FULL.pin().size());
        for (PinEntry entry : List.of(PLAIN, FULL, new PinEntry(percent, 1, 0))) {
            assertThat(PinEntryCodec.decode(CID, PinEntryCodec.encode(entry)).orElseThrow()).isEqualTo(entry);
        }
    }

    @Test
    void goldenVectors() {
        assertThat(hex(PLAIN)).isEqualTo("010007e807");
        assertThat(hex(new PinEntry(Pin.of(CID).withName("name"), 300, 1_767_225_600_000L)))
                .isEqualTo("0101ac0280d0eab6b733046e616d65");
        assertThat(hex(FULL)).startsWith("01ef3f80808080802080d0eab6b7330bc3bc6ec3af636f64652031");
    }

    @Test
    void everyPrefixAndEveryTrailingByteIsRefused() {
        byte[] bytes = PinEntryCodec.encode(FULL);
        for (int length = 0; length < bytes.length; length++) {
            assertThat(PinEntryCodec.decode(CID, Arrays.copyOf(bytes, length))).isInstanceOf(Decoded.Refused.class);
        }
        assertThat(kind("010007e80700")).isEqualTo(Refusal.Kind.TRAILING);
    }

    @Test
    void whatEncodingWouldNotWriteIsRefused() {
        assertThat(kind("020007e807")).as("version").isEqualTo(Refusal.Kind.UNSUPPORTED);
        assertThat(kind("01808001" + "07e807")).as("unknown flag").isEqualTo(Refusal.Kind.OVERFLOW);
        assertThat(kind("010000e807")).as("height 0").isEqualTo(Refusal.Kind.MALFORMED);
        assertThat(kind("010107e80700")).as("empty name").isEqualTo(Refusal.Kind.NOT_CANONICAL);
        assertThat(kind("010207e80700")).as("default type").isEqualTo(Refusal.Kind.NOT_CANONICAL);
        assertThat(kind("010207e80704")).as("unknown type").isEqualTo(Refusal.Kind.UNSUPPORTED);
        assertThat(kind("012007e80700")).as("empty list").isEqualTo(Refusal.Kind.NOT_CANONICAL);
        assertThat(kind("012007e8078102")).as("257 users").isEqualTo(Refusal.Kind.TOO_MANY);
        assertThat(kind("010107e807" + "8002")).as("name of 256 bytes").isEqualTo(Refusal.Kind.TOO_LONG);
        assertThat(kind("010107e807" + "01ff")).as("name not UTF-8").isEqualTo(Refusal.Kind.MALFORMED);
        assertThat(kind("018004" + "07e807" + "02" + "0162" + "00" + "0161" + "00")).as("keys not in order")
                .isEqualTo(Refusal.Kind.NOT_CANONICAL);
        assertThat(kind("010807e807" + "0301")).as("min above max").isEqualTo(Refusal.Kind.MALFORMED);
        assertThat(kind("01188001" + "e807" + "0101" + "32")).as("factors and percent")
                .isEqualTo(Refusal.Kind.MALFORMED);
        assertThat(kind("0180200701" + "ffffffffffffffff7f")).as("size").isEqualTo(Refusal.Kind.OVERFLOW);
    }

    @Test
    void noInputDoesAnythingButBeDecodedOrRefused() {
        RandomGenerator random = seeds.generator();
        byte[] bytes = PinEntryCodec.encode(FULL);
        for (int round = 0; round < 3_000; round++) {
            byte[] mutant = bytes.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            if (PinEntryCodec.decode(CID, mutant) instanceof Decoded.Ok<PinEntry>(PinEntry entry)) {
                assertThat(PinEntryCodec.encode(entry)).as(seeds.toString()).isEqualTo(mutant);
            }
        }
    }

    private static String hex(PinEntry entry) {
        return Bytes.copyOf(PinEntryCodec.encode(entry)).toHex();
    }

    private static Refusal.Kind kind(String hex) {
        return ((Decoded.Refused<PinEntry>) PinEntryCodec.decode(CID, Bytes.fromHex(hex).toArray())).refusal().kind();
    }
}
