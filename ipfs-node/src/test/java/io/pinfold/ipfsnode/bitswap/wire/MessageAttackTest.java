package io.pinfold.ipfsnode.bitswap.wire;

import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.Varint;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages that no honest peer sends. */
class MessageAttackTest {

    private static final Bytes CID = Cid.raw(Bytes.EMPTY).toBytes();

    @Test
    void aMillionWants() {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        for (int i = 0; i < 1_000_000; i++) {
            list.writeBytes(new byte[]{0x0a, 0x00});
        }
        assertRefused(field(1, list.toByteArray()), Kind.TRUNCATED);
        byte[] want = field(1, field(1, CID.toArray()));
        assertRefused(field(1, times(want, Message.MAX_WANTS + 1)), Kind.TOO_MANY);
        assertThat(decode(field(1, times(want, Message.MAX_WANTS)))).isInstanceOf(Decoded.Ok.class);
    }

    @Test
    void wantsInManyListsAreCountedTogether() {
        byte[] lists = times(field(1, field(1, field(1, CID.toArray()))), Message.MAX_WANTS + 1);
        assertRefused(lists, Kind.TOO_MANY);
    }

    @Test
    void tooManyBlocksAndPresences() {
        assertRefused(times(field(2, new byte[0]), Message.MAX_BLOCKS + 1), Kind.TOO_MANY);
        assertRefused(times(field(4, field(1, CID.toArray())), Message.MAX_PRESENCES + 1), Kind.TOO_MANY);
    }

    @Test
    void aBlockThatIsTooLarge() {
        assertRefused(field(2, new byte[Block.MAX_SIZE + 1]), Kind.TOO_LONG);
        assertRefused(field(3, join(field(1, CID.slice(0, 4).toArray()), field(2, new byte[Block.MAX_SIZE + 1]))),
                Kind.TOO_LONG);
        assertThat(decode(field(2, new byte[Block.MAX_SIZE]))).isInstanceOf(Decoded.Ok.class);
    }

    @Test
    void prefixesThatNoCidHas() {
        assertPrefixRefused("", Kind.TRUNCATED);
        assertPrefixRefused("0155", Kind.TRUNCATED);
        assertPrefixRefused("0155122000", Kind.TRAILING);
        assertPrefixRefused("02551220", Kind.MALFORMED);
        assertPrefixRefused("00551220", Kind.MALFORMED);
        assertPrefixRefused("00701320", Kind.MALFORMED);
        assertPrefixRefused("0155" + "00" + "05", Kind.UNSUPPORTED);
        assertPrefixRefused("0155" + "1114", Kind.UNSUPPORTED);
        assertPrefixRefused("0155" + "1210", Kind.UNSUPPORTED);
        assertPrefixRefused("0155" + "8012" + "20", Kind.UNSUPPORTED);
        assertPrefixRefused("ff".repeat(40), Kind.TOO_LONG);
    }

    @Test
    void wantsWithoutAProperCid() {
        assertRefused(field(1, field(1, new byte[0])), Kind.TRUNCATED);
        assertRefused(field(1, field(1, field(1, new byte[500]))), Kind.TOO_LONG);
        assertRefused(field(1, field(1, field(1, new byte[]{3, 0, 0, 0}))), Kind.UNSUPPORTED);
        assertRefused(field(4, new byte[0]), Kind.TRUNCATED);
        assertRefused(field(1, field(1, join(field(1, CID.toArray()), new byte[]{0x20, 0x07}))), Kind.MALFORMED);
    }

    @Test
    void halfMessages() {
        byte[] whole = field(1, field(1, field(1, CID.toArray())));
        for (int length = 1; length < whole.length; length++) {
            assertThat(MessageDecoder.decode(whole, length)).as("the first %d bytes", length)
                    .isInstanceOf(Decoded.Refused.class);
        }
    }

    @Test
    void aFrameThatIsTooLong() {
        assertThat(MessageDecoder.decode(new byte[0], Message.MAX_SIZE + 1))
                .isInstanceOfSatisfying(Decoded.Refused.class, refused -> assertThat(refused.refusal().kind())
                        .isEqualTo(Kind.TOO_LONG));
    }

    @Test
    void noiseIsRefusedOrRead() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] honest = field(1, times(field(1, join(field(1, CID.toArray()), new byte[]{0x10, 1, 0x28, 1})), 3));
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = honest.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThat(MessageDecoder.decode(bytes, random.nextInt(bytes.length + 1))).as("seed %d", seed).isNotNull();
        }
    }

    private static void assertPrefixRefused(String prefix, Kind kind) {
        assertRefused(field(3, join(field(1, Bytes.fromHex(prefix).toArray()), field(2, new byte[5]))), kind);
    }

    private static void assertRefused(byte[] bytes, Kind kind) {
        assertThat(decode(bytes)).isInstanceOfSatisfying(Decoded.Refused.class,
                refused -> assertThat(refused.refusal().kind()).isEqualTo(kind));
    }

    private static Decoded<Message> decode(byte[] bytes) {
        return MessageDecoder.decode(bytes, bytes.length);
    }

    private static byte[] field(int number, byte[] value) {
        return join(new byte[]{(byte) (number << 3 | 2)}, join(Varint.encode(value.length), value));
    }

    private static byte[] join(byte[] first, byte[] second) {
        return Bytes.copyOf(first).concat(Bytes.copyOf(second)).toArray();
    }

    private static byte[] times(byte[] piece, int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(piece.length * count);
        for (int i = 0; i < count; i++) {
            out.writeBytes(piece);
        }
        return out.toByteArray();
    }
}
