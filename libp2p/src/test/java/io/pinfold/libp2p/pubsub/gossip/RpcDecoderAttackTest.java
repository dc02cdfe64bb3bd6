package io.pinfold.libp2p.pubsub.gossip;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** What a hostile neighbour may put into a frame. */
class RpcDecoderAttackTest {

    private static final Rpc FULL = new Rpc(List.of(new Rpc.Subscription(true, "t")),
            List.of(new WireMessage(Optional.of(Bytes.fromHex("0102")), Optional.of(Bytes.fromHex("ff")),
                    Optional.of(Bytes.fromHex("0000000000000001")), "t", Optional.of(Bytes.fromHex("aa")),
                    Optional.empty())),
            List.of(new Rpc.IHave("t", List.of(Bytes.fromHex("01"), Bytes.fromHex("02")))),
            List.of(List.of(Bytes.fromHex("03"))), List.of("t"), List.of(new Rpc.Prune("t", 60)));

    @Test
    void aFrameIsReadAsItWasWritten() {
        assertThat(RpcDecoder.decode(RpcEncoder.encode(FULL), GossipConfig.DEFAULT)).isEqualTo(Decoded.ok(FULL));
    }

    @Test
    void theWireFormIsThatOfTheSpecification() {
        assertThat(HexFormat.of()
                .formatHex(RpcEncoder.encode(Rpc.subscriptions(
                        List.of(new Rpc.Subscription(true, "abc"))))))
                .isEqualTo("0a0708011203616263");
        assertThat(HexFormat.of().formatHex(RpcEncoder.encode(Rpc.graft("abc")))).isEqualTo("1a071a050a03616263");
        assertThat(HexFormat.of().formatHex(RpcEncoder.encode(Rpc.prune("abc", 60))))
                .isEqualTo("1a0922070a03616263183c");
        assertThat(HexFormat.of().formatHex(RpcEncoder.encode(Rpc.ihave("abc", List.of(Bytes.fromHex("ee"))))))
                .isEqualTo("1a0a0a080a036162631201ee");
        assertThat(HexFormat.of().formatHex(RpcEncoder.encode(Rpc.iwant(List.of(Bytes.fromHex("ee"))))))
                .isEqualTo("1a0512030a01ee");
    }

    @Test
    void aFrameCutAnywhereIsRefusedOrAnotherFrame() {
        byte[] whole = RpcEncoder.encode(FULL);
        for (int length = 0; length < whole.length; length++) {
            Decoded<Rpc> decoded = RpcDecoder.decode(Arrays.copyOf(whole, length), GossipConfig.DEFAULT);
            assertThat(decoded).as("cut to " + length).isNotEqualTo(Decoded.ok(FULL));
        }
    }

    @Test
    void aLengthBeyondTheFrameAllocatesNothing() {
        refused(Refusal.Kind.MALFORMED, "12ffffffff07");
        refused(Refusal.Kind.TOO_LONG, "12ffffffff0f");
        refused(Refusal.Kind.TOO_LONG, "120612ffffffff0f");
    }

    @Test
    void wrongWireTypesAreRefused() {
        refused(Refusal.Kind.WRONG_TYPE, "0801");
        refused(Refusal.Kind.WRONG_TYPE, "0a020a00");
        refused(Refusal.Kind.WRONG_TYPE, "12022001");
        refused(Refusal.Kind.MALFORMED, "4c");
        refused(Refusal.Kind.MALFORMED, "00");
    }

    @Test
    void tooManyPartsAreRefused() {
        List<Rpc.Subscription> many = Collections.nCopies(RpcDecoder.MAX_PARTS + 1, new Rpc.Subscription(true, "t"));
        kind(Refusal.Kind.TOO_MANY, RpcEncoder.encode(Rpc.subscriptions(many)));
        List<Bytes> ids = Collections.nCopies(GossipConfig.DEFAULT.maxIdsPerRpc() + 1, Bytes.fromHex("00"));
        kind(Refusal.Kind.TOO_MANY, RpcEncoder.encode(Rpc.iwant(ids)));
        kind(Refusal.Kind.TOO_MANY, RpcEncoder.encode(Rpc.ihave("t", ids)));
    }

    @Test
    void idsAreCountedOverTheWholeFrame() throws IOException {
        int half = GossipConfig.DEFAULT.maxIdsPerRpc() / 2 + 1;
        byte[] part = RpcEncoder.encode(Rpc.ihave("t", Collections.nCopies(half, Bytes.fromHex("00"))));
        var twice = new ByteArrayOutputStream();
        twice.write(part);
        twice.write(part);
        kind(Refusal.Kind.TOO_MANY, twice.toByteArray());
    }

    @Test
    void fieldsAndTopicsAreBounded() {
        kind(Refusal.Kind.TOO_LONG, RpcEncoder.encode(Rpc.graft("t".repeat(RpcDecoder.MAX_TOPIC + 1))));
        var large = new WireMessage(Optional.empty(), Optional.of(Bytes.copyOf(new byte[(1 << 16) + 1])),
                Optional.empty(), "t", Optional.empty(), Optional.empty());
        kind(Refusal.Kind.TOO_LONG, RpcEncoder.encode(Rpc.messages(List.of(large))));
        var longKey = new WireMessage(Optional.of(Bytes.copyOf(new byte[RpcDecoder.MAX_FIELD + 1])), Optional.empty(),
                Optional.empty(), "t", Optional.empty(), Optional.empty());
        kind(Refusal.Kind.TOO_LONG, RpcEncoder.encode(Rpc.messages(List.of(longKey))));
    }

    @Test
    void unknownFieldsArePassedOver() throws IOException {
        var bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeBytes(77, ByteString.copyFromUtf8("later"));
        out.writeUInt64(78, Long.MAX_VALUE);
        out.flush();
        bytes.write(RpcEncoder.encode(FULL));
        assertThat(RpcDecoder.decode(bytes.toByteArray(), GossipConfig.DEFAULT)).isEqualTo(Decoded.ok(FULL));
    }

    private static void refused(Refusal.Kind kind, String hex) {
        kind(kind, HexFormat.of().parseHex(hex));
    }

    private static void kind(Refusal.Kind kind, byte[] frame) {
        switch (RpcDecoder.decode(frame, GossipConfig.DEFAULT)) {
            case Decoded.Ok<Rpc>(Rpc rpc) -> fail("accepted: " + rpc);
            case Decoded.Refused<Rpc>(Refusal refusal) ->
                assertThat(refusal.kind()).as(refusal.detail()).isEqualTo(kind);
        }
    }
}
