package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.pubsub.Message;
import io.pinfold.libp2p.pubsub.PubSub;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Varint;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.ManualClock;
import io.pinfold.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Frames of one neighbour, and what another neighbour and the application get of them. */
class InboundTest {

    private static final String TOPIC = "t";
    private static final PeerId SELF = TestKeys.peerId(1);
    private static final PeerId SENDER = TestKeys.peerId(2);
    private static final PeerId OTHER = TestKeys.peerId(3);
    private static final Bytes GOOD = Bytes.fromHex("01");
    private static final Bytes TO_BE_IGNORED = Bytes.fromHex("02");
    private static final Bytes TO_BE_REJECTED = Bytes.fromHex("03");

    @RegisterExtension
    private final Seeds seeds = new Seeds();

    private final ManualClock clock = new ManualClock();
    private final MessageSigner signer = new MessageSigner(TestKeys.key(2), clock);
    private final Map<PubSubMetrics.Event, Integer> counts = new EnumMap<>(PubSubMetrics.Event.class);
    private final LinkedBlockingQueue<Message> delivered = new LinkedBlockingQueue<>();
    private final List<WireMessage> forwarded = new ArrayList<>();
    private final Subscription subscription = new Subscription(TOPIC, Message::data, InboundTest::verdict,
            delivered::add, 100);
    private final GossipRouter router = new GossipRouter(GossipConfig.DEFAULT, clock, seeds.generator(),
            (peer, rpc) -> {
                if (peer.equals(OTHER)) {
                    forwarded.addAll(rpc.messages());
                }
            });
    private final Inbound inbound = new Inbound(SELF, GossipConfig.DEFAULT,
            event -> counts.merge(event, 1, Integer::sum), new RouterLock(), router, Map.of(TOPIC, subscription));

    @BeforeEach
    void join() {
        subscription.start();
        router.join(TOPIC);
        for (PeerId peer : List.of(SENDER, OTHER)) {
            router.peerAdded(peer);
            router.received(peer, Rpc.subscriptions(List.of(new Rpc.Subscription(true, TOPIC))));
        }
    }

    @AfterEach
    void leave() {
        subscription.stop();
    }

    @Test
    void whatIsAcceptedIsDeliveredAndForwardedOnce() throws Exception {
        WireMessage message = signer.sign(TOPIC, GOOD);
        serve(message, message, signer.sign(TOPIC, GOOD));
        onlyGoodCame();
        assertThat(counts).containsOnly(Map.entry(PubSubMetrics.Event.ACCEPTED, 1),
                Map.entry(PubSubMetrics.Event.DUPLICATE, 2));
    }

    @Test
    void whatIsIgnoredGoesNoFurtherAndCostsNothing() throws Exception {
        serve(signer.sign(TOPIC, TO_BE_IGNORED), signer.sign(TOPIC, GOOD));
        onlyGoodCame();
        assertThat(counts).containsEntry(PubSubMetrics.Event.IGNORED, 1);
        assertThat(router.score(SENDER)).isZero();
    }

    @Test
    void whatIsRejectedGoesNoFurtherAndCosts() throws Exception {
        serve(signer.sign(TOPIC, TO_BE_REJECTED), signer.sign(TOPIC, GOOD));
        onlyGoodCame();
        assertThat(router.score(SENDER)).isEqualTo(-1);
    }

    @Test
    void aBadSignatureDoesNotMakeTheMessageKnown() throws Exception {
        WireMessage good = signer.sign(TOPIC, GOOD);
        WireMessage forged = new WireMessage(good.from(), good.data(), signer.sign(TOPIC, GOOD).sequence(), TOPIC,
                good.signature(), good.key());
        serve(forged, good);
        onlyGoodCame();
        assertThat(router.score(SENDER)).isEqualTo(-1);
    }

    @Test
    void ourOwnMessagesThatComeBackArePassedOver() throws Exception {
        serve(new MessageSigner(TestKeys.key(1), clock).sign(TOPIC, Bytes.fromHex("04")), signer.sign(TOPIC, GOOD));
        onlyGoodCame();
        assertThat(router.score(SENDER)).isZero();
    }

    @Test
    void messagesOfATopicThatWeAreNotInArePassedOver() throws Exception {
        serve(signer.sign("another", Bytes.fromHex("04")), signer.sign(TOPIC, GOOD));
        onlyGoodCame();
        assertThat(router.score(SENDER)).isZero();
    }

    @Test
    void aMalformedFrameCostsAndTheNextIsRead() throws Exception {
        serve(frames(Bytes.fromHex("ff"), Bytes.copyOf(RpcEncoder.encode(Rpc.messages(
                List.of(signer.sign(TOPIC, GOOD)))))));
        onlyGoodCame();
        assertThat(counts).containsEntry(PubSubMetrics.Event.MALFORMED, 1);
        assertThat(router.score(SENDER)).isEqualTo(-1);
    }

    @Test
    void whoHasMisbehavedTooMuchIsNotListenedTo() throws Exception {
        for (int i = 0; i < 9; i++) {
            router.rejected(SENDER);
        }
        serve(signer.sign(TOPIC, GOOD));
        assertThat(forwarded).isEmpty();
        assertThat(counts).containsOnly(Map.entry(PubSubMetrics.Event.GRAYLISTED, 1));
    }

    @Test
    void aFrameBeyondTheBoundEndsTheStream() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Varint.encode(GossipConfig.DEFAULT.maxFrame() + 1));
        assertThatThrownBy(() -> serve(bytes.toByteArray())).isInstanceOf(IOException.class);
    }

    private static PubSub.Verdict verdict(Message message) {
        return message.data().equals(TO_BE_IGNORED)
                ? PubSub.Verdict.IGNORE
                : message.data().equals(TO_BE_REJECTED) ? PubSub.Verdict.REJECT : PubSub.Verdict.ACCEPT;
    }

    private void onlyGoodCame() throws InterruptedException {
        Message message = delivered.poll(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS);
        assertThat(message).isNotNull().extracting(Message::data).isEqualTo(GOOD);
        assertThat(delivered).isEmpty();
        assertThat(forwarded).singleElement().satisfies(wire -> assertThat(wire.data()).contains(GOOD));
    }

    private void serve(WireMessage... messages) throws IOException {
        List<Bytes> frames = new ArrayList<>();
        for (WireMessage message : messages) {
            frames.add(Bytes.copyOf(RpcEncoder.encode(Rpc.messages(List.of(message)))));
        }
        serve(frames(frames.toArray(Bytes[]::new)));
    }

    private static byte[] frames(Bytes... frames) {
        var bytes = new ByteArrayOutputStream();
        for (Bytes frame : frames) {
            bytes.writeBytes(Varint.encode(frame.size()));
            bytes.writeBytes(frame.toArray());
        }
        return bytes.toByteArray();
    }

    private void serve(byte[] sent) throws IOException {
        inbound.serve(new Sent(SENDER, new ByteArrayInputStream(sent)));
    }

    /** A stream on which everything was sent already. */
    private record Sent(PeerId remotePeer, InputStream input) implements Stream {

        @Override
        public String protocol() {
            return GossipSub.PROTOCOLS.getFirst();
        }

        @Override
        public OutputStream output() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public void setTimeout(Duration timeout) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void closeWrite() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void reset() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }
    }
}
