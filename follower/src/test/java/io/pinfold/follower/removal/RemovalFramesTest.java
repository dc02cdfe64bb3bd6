package io.pinfold.follower.removal;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class RemovalFramesTest {

    private static final Cid IDENTITY = Cid.decode(Bytes.fromHex("0155000161")).orElseThrow();

    @Test
    void goldenRequest() {
        PendingRemoval removal = new PendingRemoval(300, IDENTITY, RemovalReason.ALLOCATION, 5,
                Optional.of(IDENTITY), Instant.ofEpochMilli(1000));
        byte[] frame = RemovalFrames.encode(new RemovalRecord.Requested(removal));
        assertThat(Bytes.copyOf(frame).toHex())
                .isEqualTo("00000013" + "980d78d1" + "01" + "ac02" + "03" + "05" + "e807" + "050155000161"
                        + "050155000161");
    }

    @Test
    void goldenSettlement() {
        byte[] frame = RemovalFrames
                .encode(new RemovalRecord.Settled(300, Settlement.NOT_OURS, Instant.ofEpochMilli(1000)));
        assertThat(Bytes.copyOf(frame).toHex()).isEqualTo("00000006" + "7a57829d" + "02" + "ac02" + "03" + "e807");
    }

    @Test
    void goldenHeader() {
        assertThat(RemovalFrames.header(IDENTITY).toHex()).isEqualTo("50464c4452454d31" + "050155000161");
    }

    static Stream<RemovalRecord> records() {
        return Stream.of(
                Removals.requested(0),
                new RemovalRecord.Requested(new PendingRemoval(1, Removals.cid(1), RemovalReason.FOUND, 0,
                        Optional.empty(), Instant.EPOCH)),
                new RemovalRecord.Settled(1L << 60, Settlement.REMOVED, Removals.NOON));
    }

    @ParameterizedTest
    @MethodSource("records")
    void whatIsWrittenIsRead(RemovalRecord record) {
        assertThat(RemovalFrames.decode(payload(record))).isEqualTo(Decoded.ok(record));
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyTruncationAndEveryTrailingByteIsRefused(RemovalRecord record) {
        Bytes payload = payload(record);
        for (int length = 0; length < payload.size(); length++) {
            assertThat(RemovalFrames.decode(payload.slice(0, length))).isInstanceOf(Decoded.Refused.class);
        }
        assertThat(RemovalFrames.decode(payload.concat(Bytes.fromHex("00")))).isInstanceOf(Decoded.Refused.class);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void unknownAndOversizedIsRefused(String hex) {
        assertThat(RemovalFrames.decode(Bytes.fromHex(hex))).isInstanceOf(Decoded.Refused.class);
    }

    static Stream<String> refused() {
        return Stream.of(
                "00", // no such kind
                "0100630000" + "050155000161" + "00", // no such reason
                "02000900", // no such settlement
                "0100010000" + "ffffffff07" + "00", // a CID of 2 GiB
                "0100010000" + "00" + "00", // no CID
                "01ffffffffffffffffff010100" + "050155000161" + "00", // an id beyond 63 bits
                "0180000100" + "00" + "050155000161" + "00"); // an id that is not minimal
    }

    private static Bytes payload(RemovalRecord record) {
        byte[] frame = RemovalFrames.encode(record);
        return Bytes.copyOf(frame, RemovalFrames.PREFIX, frame.length - RemovalFrames.PREFIX);
    }
}
