package io.pinfold.ipfsnode.bitswap.wire;

import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multihash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages byte for byte, as the Bitswap specification has them; the bytes are written out by hand. */
class MessageCodecTest {

    private static final Bytes HELLO = Bytes.copyOf("hello".getBytes(StandardCharsets.UTF_8));
    /** sha2-256 of "hello". */
    private static final String DIGEST = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private static final Cid RAW = Cid.raw(HELLO);
    private static final Cid V0 = Cid.v0(Multihash.sha256(HELLO));

    @Test
    void wants() {
        Message message = Message.ofWants(
                List.of(Want.block(RAW, 1), Want.have(V0, 2), Want.cancel(RAW)), true);
        String block = "0a24" + "01551220" + DIGEST + "1001" + "2801";
        String have = "0a22" + "1220" + DIGEST + "1002" + "2001" + "2801";
        String cancel = "0a24" + "01551220" + DIGEST + "1801";
        assertIsWritten(message, BitswapVersion.V1_2,
                "8701" + "0a8401" + "0a2a" + block + "0a2a" + have + "0a28" + cancel + "1001");
        assertIsRead(message, BitswapVersion.V1_2);
    }

    @Test
    void answers() {
        Message message = Message.ofAnswers(List.of(new Block(RAW, HELLO)),
                List.of(new Presence(RAW, true), new Presence(V0, false)), 300);
        assertIsWritten(message, BitswapVersion.V1_2,
                "62" + "1a0d" + "0a04" + "01551220" + "1205" + HELLO.toHex()
                        + "2226" + "0a24" + "01551220" + DIGEST
                        + "2226" + "0a22" + "1220" + DIGEST + "1001"
                        + "28ac02");
        assertIsRead(message, BitswapVersion.V1_2);
    }

    @Test
    void olderVersionsLackWhatTheyDoNotKnow() {
        Message message = new Message(List.of(Want.have(V0, 2)), false, List.of(new Block(V0, HELLO)),
                List.of(new Presence(RAW, false)), 300);
        String want = "0a28" + "0a26" + "0a22" + "1220" + DIGEST + "1002";
        assertIsWritten(message, BitswapVersion.V1_1,
                "39" + want + "1a0d" + "0a04" + "00701220" + "1205" + HELLO.toHex());
        assertIsWritten(message, BitswapVersion.V1_0, "31" + want + "1205" + HELLO.toHex());
        Message read = read(message, BitswapVersion.V1_0);
        assertThat(read.wants()).containsExactly(new Want(V0, 2, Want.Kind.BLOCK, false));
        assertThat(read.blocks()).containsExactly(new Block(V0, HELLO));
        assertThat(read.presences()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyMessage(BitswapVersion version) {
        Message empty = Message.ofWants(List.of(), false);
        assertIsWritten(empty, version, "00");
        assertIsRead(empty, version);
    }

    @Test
    void prioritiesMayBeNegative() {
        assertIsRead(Message.ofWants(List.of(Want.block(RAW, -1), Want.block(V0, Integer.MIN_VALUE)), false),
                BitswapVersion.V1_2);
    }

    @Test
    void blocksByOtherHashFunctions() {
        for (long code : new long[]{0x13, 0x1e, 0xb220}) {
            Block block = new Block(Cid.v1(0x71, Multihash.of(code, HELLO)), HELLO);
            assertIsRead(Message.ofAnswers(List.of(block), List.of(), 0), BitswapVersion.V1_1);
        }
    }

    @Test
    void unknownFieldsArePassedOver() {
        byte[] bytes = Bytes.fromHex("7a0161" + "0a05" + "7a0161" + "1001" + "2800").toArray();
        assertThat(MessageDecoder.decode(bytes, bytes.length))
                .isEqualTo(Decoded.ok(Message.ofWants(List.of(), true)));
    }

    private static void assertIsWritten(Message message, BitswapVersion version, String hex) {
        assertThat(Bytes.copyOf(MessageEncoder.frame(message, version)).toHex()).isEqualTo(hex);
    }

    private static void assertIsRead(Message message, BitswapVersion version) {
        assertThat(read(message, version)).isEqualTo(message);
    }

    private static Message read(Message message, BitswapVersion version) {
        byte[] frame = MessageEncoder.frame(message, version);
        int head = 1;
        while (frame[head - 1] < 0) {
            head++;
        }
        byte[] bytes = Bytes.copyOf(frame, head, frame.length - head).toArray();
        return MessageDecoder.decode(bytes, bytes.length).orElseThrow();
    }
}
