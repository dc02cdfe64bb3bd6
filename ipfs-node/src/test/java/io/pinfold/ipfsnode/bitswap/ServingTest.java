package io.pinfold.ipfsnode.bitswap;

import io.pinfold.ipfsnode.bitswap.BitswapFixture.Node;
import io.pinfold.ipfsnode.bitswap.wire.BitswapVersion;
import io.pinfold.ipfsnode.bitswap.wire.Message;
import io.pinfold.ipfsnode.bitswap.wire.MessageEncoder;
import io.pinfold.ipfsnode.bitswap.wire.Presence;
import io.pinfold.ipfsnode.bitswap.wire.Want;
import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.sim.SimHost;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Varint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What others get of us, honest ones and hostile ones. */
class ServingTest {

    private static final Bytes LARGE = Bytes.copyOf(new byte[5_000]);
    private static final Bytes SMALL = Bytes.copyOf(new byte[1_024]);
    private static final Cid ABSENT = Cid.raw(Bytes.copyOf(new byte[]{1}));
    private static final Cid OTHER = Cid.raw(Bytes.copyOf(new byte[]{2}));

    private final BitswapFixture fixture = new BitswapFixture();
    private Node node;
    private PeerId id;
    private ScriptedPeer peer;
    private Cid large;
    private Cid small;

    @BeforeEach
    void start() {
        start(BitswapConfig.DEFAULT);
    }

    private void start(BitswapConfig config) {
        node = fixture.node(config, Providers.NONE);
        id = node.host().id();
        large = node.blocks().putRaw(LARGE);
        small = node.blocks().putRaw(SMALL);
        peer = meet();
    }

    private ScriptedPeer meet() {
        SimHost host = fixture.host();
        ScriptedPeer met = new ScriptedPeer(host);
        fixture.connect(node, host);
        return met;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void blocksHavesAndLacksTogether() throws Exception {
        peer.send(id,
                Message.ofWants(List.of(Want.have(large, 9), Want.have(small, 8), Want.block(Cid.v0(large.hash()), 7),
                        Want.have(ABSENT, 6), Want.block(ABSENT, 6)), false));
        Message answers = peer.answers(4);
        assertThat(answers.presences()).containsExactly(new Presence(large, true), new Presence(ABSENT, false));
        assertThat(answers.blocks()).containsExactly(new Block(small, SMALL), new Block(Cid.v0(large.hash()), LARGE));
        BitswapFixture.await(() -> node.bitswap().wantList(peerId()).size() == 1, () -> "the absent one is left");
    }

    private PeerId peerId() {
        return node.host().connectedPeers().iterator().next();
    }

    @Test
    void lacksAreToldOnlyWhenAskedFor() throws Exception {
        peer.send(id,
                Message.ofWants(List.of(new Want(ABSENT, 1, Want.Kind.BLOCK, false), Want.block(large, 1)), false));
        assertThat(peer.answers(1)).isEqualTo(Message.ofAnswers(List.of(new Block(large, LARGE)), List.of(), 0));
    }

    @Test
    void aBlockThatArrivesLaterIsSentToWhoWaits() throws Exception {
        Bytes data = Bytes.copyOf(new byte[]{1});
        peer.send(id, Message.ofWants(List.of(Want.block(ABSENT, 1)), false));
        assertThat(peer.answers(1).presences()).containsExactly(new Presence(ABSENT, false));
        node.blocks().putRaw(data);
        node.bitswap().received(List.of(ABSENT.hash()));
        assertThat(peer.answers(1).blocks()).containsExactly(new Block(ABSENT, data));
    }

    @Test
    void cancelledAndReplacedWantsAreNotAnswered() throws Exception {
        peer.send(id, Message.ofWants(List.of(Want.block(ABSENT, 1), Want.block(OTHER, 1)), false));
        assertThat(peer.answers(2).presences()).hasSize(2);
        peer.send(id, Message.ofWants(List.of(Want.cancel(ABSENT)), false));
        BitswapFixture.await(() -> node.bitswap().wantList(peerId()).equals(List.of(Want.block(OTHER, 1))),
                () -> "" + node.bitswap().wantList(peerId()));
        peer.send(id, Message.ofWants(List.of(Want.block(large, 1)), true));
        assertThat(peer.answers(1).blocks()).hasSize(1);
        BitswapFixture.await(() -> node.bitswap().wantList(peerId()).isEmpty(), () -> "nothing is wanted");
        node.bitswap().received(List.of(ABSENT.hash(), OTHER.hash()));
        assertThat(peer.heardNothing()).isTrue();
    }

    @Test
    void manyBlocksComeInMessagesOfABoundedSize() throws Exception {
        List<Cid> cids = BitswapFixture.fill(node.blocks(), 1, 40, 100_000);
        peer.send(id, Message.ofWants(cids.stream().map(cid -> Want.block(cid, 1)).toList(), false));
        int blocks = 0;
        while (blocks < 40) {
            Message message = peer.next();
            assertThat(message.blocks()).hasSizeBetween(1, 3);
            blocks += message.blocks().size();
        }
    }

    @Test
    void aPeerThatWantsMuchIsHeldToItsBound() throws Exception {
        List<Want> wants = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < Message.MAX_WANTS; i++) {
            wants.add(new Want(Cid.raw(BitswapFixture.bytes(random, 8)), 1, Want.Kind.BLOCK, false));
        }
        peer.send(id, Message.ofWants(wants, false));
        BitswapFixture.await(() -> node.bitswap().metrics().wantsDropped() == Message.MAX_WANTS - 1_024,
                () -> "dropped " + node.bitswap().metrics());
        assertThat(node.bitswap().wantList(peerId())).hasSize(1_024);
        peer.send(id, Message.ofWants(List.of(Want.block(large, 1)), true));
        assertThat(peer.answers(1).blocks()).hasSize(1);
    }

    @Test
    void aPeerThatNeverReadsIsForgottenAndOthersAreServed() throws Exception {
        BitswapFixture other = new BitswapFixture();
        try (other) {
            BitswapConfig.Server server = new BitswapConfig.Server(100, 1_000, 256 << 10, 2, Duration.ofMillis(200));
            Node serving = other.node(BitswapConfig.DEFAULT.withServer(server), Providers.NONE);
            List<Cid> cids = BitswapFixture.fill(serving.blocks(), 1, 30, 1_000_000);
            SimHost deaf = other.host();
            deaf.handle(BitswapVersion.V1_2.protocol(), stream -> BitswapFixture.await(
                    () -> serving.bitswap().metrics().peersUnread() > 0, () -> "reset"));
            other.connect(serving, deaf);
            try (Stream stream = ScriptedPeer.open(deaf, serving.host().id())) {
                stream.output()
                        .write(MessageEncoder.frame(
                                Message.ofWants(cids.stream().map(cid -> Want.block(cid, 1)).toList(), false),
                                BitswapVersion.V1_2));
            }
            BitswapFixture.await(() -> serving.bitswap().metrics().peersUnread() == 1,
                    () -> "" + serving.bitswap().metrics());
            assertThat(serving.bitswap().wantList(deaf.id())).isEmpty();
            Node honest = other.node();
            other.connect(honest, serving.host());
            try (var session = honest.bitswap().open(cids.getFirst(), List.of())) {
                session.want(List.of(cids.getFirst()));
                assertThat(session.next(BitswapFixture.PATIENCE)).isPresent();
            }
        }
    }

    @Test
    void refusedMessagesResetTheirStream() throws Exception {
        assertReset(Bytes.copyOf(Varint.encode(Message.MAX_SIZE + 1)));
        assertReset(Bytes.fromHex("02ffff"));
        assertReset(Bytes.fromHex("ffffffffffffffffffff01"));
        assertThat(node.bitswap().metrics().messagesRefused()).isEqualTo(3);
        peer.send(id, Message.ofWants(List.of(Want.block(large, 1)), false));
        assertThat(peer.answers(1).blocks()).hasSize(1);
    }

    private void assertReset(Bytes sent) throws IOException {
        Stream stream = peer.open(id);
        stream.output().write(sent.toArray());
        assertThatThrownBy(() -> stream.input().read()).isInstanceOf(IOException.class);
    }

    @Test
    void halfAMessageIsWaitedForOnlySoLong() throws Exception {
        BitswapFixture other = new BitswapFixture();
        try (other) {
            Node strict = other.node(BitswapConfig.DEFAULT
                    .withInbound(new BitswapConfig.Inbound(64 << 20, 24 << 20, Duration.ofMillis(100))),
                    Providers.NONE);
            SimHost host = other.host();
            other.connect(strict, host);
            Stream stream = new ScriptedPeer(host).open(strict.host().id());
            stream.output().write(new byte[]{100, 1, 2, 3});
            assertThatThrownBy(() -> stream.input().read()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void announcedBytesTakeNoMemoryAndThoseThatComeAreBounded() throws Exception {
        List<Stream> streams = new ArrayList<>();
        byte[] most = new byte[3 << 20];
        for (int i = 0; i < 12; i++) {
            Stream stream = peer.open(id);
            stream.output().write(Varint.encode(Message.MAX_SIZE));
            streams.add(stream);
        }
        int broken = 0;
        for (Stream stream : streams) {
            try {
                stream.output().write(most);
            } catch (IOException e) {
                broken++;
            }
        }
        assertThat(broken).isPositive();
        assertThat(node.bitswap().metrics().streamsStarved()).isPositive();
        streams.forEach(Stream::reset);
        BitswapFixture.await(() -> {
            try {
                peer.send(id, Message.ofWants(List.of(Want.block(large, 1)), false));
                return true;
            } catch (IOException e) {
                return false;
            }
        }, () -> "memory is given back");
        assertThat(peer.answers(1).blocks()).isNotEmpty();
    }

    @Test
    void anEmptyMessageIsNothing() throws Exception {
        Stream stream = peer.open(id);
        stream.output().write(MessageEncoder.frame(Message.ofWants(List.of(), false), BitswapVersion.V1_2));
        stream.output()
                .write(MessageEncoder.frame(Message.ofWants(List.of(Want.block(large, 1)), false),
                        BitswapVersion.V1_2));
        assertThat(peer.answers(1).blocks()).hasSize(1);
    }
}
