package io.pinfold.chain.store.intake;

import io.pinfold.chain.IntakeEntry;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The codec of intake records, with what it must refuse. */
class IntakeRecordTest {

    private static final IntakeRecord ENTRY = new IntakeRecord.Entry(300, false,
            new IntakeEntry(5, 2, TestOps.unpin(1), 1_767_225_600_000L, Optional.of("key")));
    private static final IntakeRecord RETIREMENT = new IntakeRecord.Retirement(List.of(1L, 1L << 50));

    @Test
    void recordsAreReadBack() {
        assertThat(IntakeRecord.decode(ENTRY.encode()).orElseThrow()).isEqualTo(ENTRY);
        assertThat(IntakeRecord.decode(RETIREMENT.encode()).orElseThrow()).isEqualTo(RETIREMENT);
    }

    @Test
    void goldenVectors() {
        assertThat(RETIREMENT.encode().toHex()).isEqualTo("0302018080808080808002");
        assertThat(ENTRY.encode().toHex()).startsWith("01ac02050280d0eab6b733036b65792da165756e70696e58240155");
    }

    @Test
    void everyPrefixAndEveryTrailingByteIsRefused() {
        for (IntakeRecord record : List.of(ENTRY, RETIREMENT)) {
            Bytes bytes = record.encode();
            for (int length = 0; length < bytes.size(); length++) {
                assertThat(IntakeRecord.decode(bytes.slice(0, length))).isInstanceOf(Decoded.Refused.class);
            }
            assertThat(kind(bytes.concat(Bytes.fromHex("00")))).isEqualTo(Refusal.Kind.TRAILING);
        }
    }

    @Test
    void numbersOutOfBoundsAreRefused() {
        assertThat(kind(Bytes.fromHex("00"))).isEqualTo(Refusal.Kind.UNSUPPORTED);
        assertThat(kind(Bytes.fromHex("03e90701"))).isEqualTo(Refusal.Kind.TOO_MANY);
        assertThat(kind(Bytes.fromHex("0101000001" + "00" + "00"))).isNotNull();
        assertThat(kind(Bytes.fromHex("01010500018190" + "04"))).isEqualTo(Refusal.Kind.TOO_LONG);
        assertThat(kind(Bytes.fromHex("010105" + "ffffffffffffffff7f" + "01" + "00" + "00"))).isNotNull();
    }

    private static Refusal.Kind kind(Bytes bytes) {
        return ((Decoded.Refused<IntakeRecord>) IntakeRecord.decode(bytes)).refusal().kind();
    }
}
