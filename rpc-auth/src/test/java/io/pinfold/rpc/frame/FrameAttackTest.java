package io.pinfold.rpc.frame;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.Varint;
import io.pinfold.multiformats.cbor.CborMapBuilder;
import io.pinfold.multiformats.cbor.CborValue;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.MethodTable;
import io.pinfold.rpc.RpcProtocol;
import io.pinfold.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Frames that break the rules, and what they are refused for. */
class FrameAttackTest {

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @Test
    void everyPrefixIsTruncated() throws IOException {
        for (Frame frame : new Frame[]{new Frame.Request("id", Duration.ofSeconds(1), Bytes.fromHex("0102")),
            new Frame.Item(Bytes.copyOf(new byte[300])), new Frame.End(),
            new Frame.Failure(ErrorCode.LIMIT, "busy", Optional.of(Duration.ofSeconds(1)))}) {
            byte[] whole = bytes(frame);
            for (int length = 0; length < whole.length; length++) {
                assertThat(kind(Bytes.copyOf(whole, 0, length).toArray())).as("%s cut to %d", frame, length)
                        .isEqualTo(Kind.TRUNCATED);
            }
        }
    }

    @Test
    void aLengthAboveTheBoundIsRefusedBeforeAnythingIsRead() throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(Bytes.fromHex("8180440200").toArray());

        assertThat(FrameReader.read(in, 1 << 20)).isEqualTo(
                Decoded.refused(Kind.TOO_LONG, "varint is 1114113, at most 1048576 allowed"));
        assertThat(in.available()).isEqualTo(2);
    }

    @Test
    void aLengthOfManyBytesIsRefused() throws IOException {
        assertThat(kind(Bytes.fromHex("ffffffffffffffffff01").toArray())).isEqualTo(Kind.OVERFLOW);
        assertThat(kind(Bytes.fromHex("ffffffffffffffff7f").toArray())).isEqualTo(Kind.TOO_LONG);
        assertThat(kind(Bytes.fromHex("818000").toArray())).isEqualTo(Kind.NOT_CANONICAL);
    }

    @Test
    void memoryFollowsTheBytesThatArriveNotTheLengthThatIsClaimed() throws IOException {
        int[] largest = {0};
        InputStream claims = new InputStream() {
            private final InputStream head = new ByteArrayInputStream(Varint.encode(RpcProtocol.MAX_FRAME));

            @Override
            public int read() throws IOException {
                return head.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                largest[0] = Math.max(largest[0], target.length);
                return -1;
            }
        };

        assertThat(FrameReader.read(claims, RpcProtocol.MAX_FRAME)).isInstanceOf(Decoded.Refused.class);
        assertThat(largest[0]).isPositive().isLessThanOrEqualTo(16 << 10);
    }

    @Test
    void framesWithoutAKindOrOfAnUnknownKindAreRefused() throws IOException {
        assertThat(kind(Bytes.fromHex("00").toArray())).isEqualTo(Kind.MALFORMED);
        assertThat(kind(Bytes.fromHex("0100").toArray())).isEqualTo(Kind.UNSUPPORTED);
        assertThat(kind(Bytes.fromHex("0105").toArray())).isEqualTo(Kind.UNSUPPORTED);
        assertThat(kind(Bytes.fromHex("01ff").toArray())).isEqualTo(Kind.UNSUPPORTED);
        assertThat(kind(Bytes.fromHex("020300").toArray())).isEqualTo(Kind.TRAILING);
    }

    @Test
    void requestsThatAreNotCanonicalOrNotComplete() throws IOException {
        assertThat(kind(Frame.REQUEST, "bf64626f647940ff")).isEqualTo(Kind.NOT_CANONICAL);
        assertThat(kind(Frame.REQUEST, "a0")).isEqualTo(Kind.MALFORMED);
        assertThat(kind(Frame.REQUEST, "80")).isEqualTo(Kind.WRONG_TYPE);
        assertThat(kind(Frame.REQUEST, "a161616161".repeat(2))).isEqualTo(Kind.TRAILING);
        assertThat(kind(Frame.REQUEST, DagCbor.encode(request("id", 1).build()).toHex() + "00"))
                .isEqualTo(Kind.TRAILING);
        assertThat(kind(request("id", 1).put("more", true))).isEqualTo(Kind.UNSUPPORTED);
        assertThat(kind(request("id", 0))).isEqualTo(Kind.OVERFLOW);
        assertThat(kind(request("id", -1))).isEqualTo(Kind.OVERFLOW);
        assertThat(kind(request("id", 3_600_001))).isEqualTo(Kind.OVERFLOW);
        assertThat(kind(request("", 1))).isEqualTo(Kind.MALFORMED);
        assertThat(kind(request("ID", 1))).isEqualTo(Kind.MALFORMED);
        assertThat(kind(request("id\n", 1))).isEqualTo(Kind.MALFORMED);
        assertThat(kind(request("a".repeat(65), 1))).isEqualTo(Kind.TOO_LONG);
        assertThat(kind(CborMap.builder().put("body", "text").put("method", "id").put("timeout", 1)))
                .isEqualTo(Kind.WRONG_TYPE);
        assertThat(kind(CborMap.builder().put("body", deep(40)).put("method", "id").put("timeout", 1)))
                .isEqualTo(Kind.TOO_DEEP);
        assertThat(kind(CborMap.builder()
                .put("body", Bytes.copyOf(new byte[MethodTable.MAX_REQUEST_BYTES + 1]))
                .put("method", "id")
                .put("timeout", 1))).isEqualTo(Kind.TOO_LONG);
    }

    @Test
    void errorsOfVersionsToComeCountAsInternal() throws IOException {
        byte[] bytes = frame(Frame.ERROR, DagCbor.encode(CborMap.builder().put("code", 77).put("detail", "x").build()));

        assertThat(FrameReader.read(new ByteArrayInputStream(bytes), 1 << 10))
                .isEqualTo(Decoded.ok(new Frame.Failure(ErrorCode.INTERNAL, "x", Optional.empty())));
        assertThat(kind(Frame.ERROR, "a164636f646501")).isEqualTo(Kind.MALFORMED);
        assertThat(
                kind(Frame.ERROR, DagCbor.encode(CborMap.builder().put("code", 0).put("detail", "x").build()).toHex()))
                .isEqualTo(Kind.OVERFLOW);
    }

    @Test
    void noiseIsRefusedAndNeverThrows() throws IOException {
        RandomGenerator random = seeds.generator();
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            byte[] bytes = frame(1 + random.nextInt(4), Bytes.copyOf(noise));
            Decoded<Frame> read = FrameReader.read(new ByteArrayInputStream(bytes), RpcProtocol.MAX_FRAME);
            if (read instanceof Decoded.Ok<Frame>(Frame frame)) {
                assertThat(bytes(frame)).as("what is accepted is canonical, %s", seeds).isEqualTo(bytes);
            }
        }
    }

    @Test
    void detailsAreCutToTheirBoundBetweenCharacters() {
        String cut = Frame.Failure.shortened("é".repeat(200));

        assertThat(cut).isEqualTo("é".repeat(128));
        assertThat(Frame.Failure.shortened("x" + "é".repeat(200))).isEqualTo("x" + "é".repeat(127));
        assertThat(Frame.Failure.shortened("half \ud800 pair")).isEqualTo("half ? pair");
    }

    private static CborMapBuilder request(String method, long timeout) {
        return CborMap.builder().put("body", Bytes.EMPTY).put("method", method).put("timeout", timeout);
    }

    private static CborValue deep(int levels) {
        CborValue value = new CborValue.CborInt(1);
        for (int i = 0; i < levels; i++) {
            value = CborValue.CborList.of(value);
        }
        return value;
    }

    private static Kind kind(CborMapBuilder request) throws IOException {
        return kind(Frame.REQUEST, DagCbor.encode(request.build()).toHex());
    }

    private static Kind kind(int kind, String hex) throws IOException {
        return kind(frame(kind, Bytes.fromHex(hex)));
    }

    private static Kind kind(byte[] bytes) throws IOException {
        Decoded<Frame> read = FrameReader.read(new ByteArrayInputStream(bytes), RpcProtocol.MAX_FRAME);
        assertThat(read).isInstanceOf(Decoded.Refused.class);
        return read instanceof Decoded.Refused<Frame>(Refusal refusal) ? refusal.kind() : Kind.MALFORMED;
    }

    private static byte[] frame(int kind, Bytes body) {
        return Bytes.copyOf(Varint.encode(1 + body.size()))
                .concat(Bytes.copyOf(new byte[]{(byte) kind}))
                .concat(body)
                .toArray();
    }

    private static byte[] bytes(Frame frame) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FrameWriter.write(out, frame);
        return out.toByteArray();
    }
}
