package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.host.TcpHost;
import io.pinfold.libp2p.host.TestHosts;
import io.pinfold.libp2p.interop.Member;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Varint;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.testkit.KuboNode;
import io.pinfold.testkit.KuboPubSub;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static io.pinfold.libp2p.host.TestHosts.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

/** A stranger sends forged messages to a peer of ours, behind which stands a real Kubo. */
class ForgedMessagesIT {

    private static final String TOPIC = "forged";
    private static final Bytes DATA = Bytes.fromHex("f0");
    private static final Bytes OTHER_DATA = Bytes.fromHex("f1");

    @Test
    void forgeriesGoNoFurtherAndWhoSendsThemIsAtLastNotListenedTo() throws Exception {
        try (KuboNode kubo = KuboNode.start();
                KuboPubSub topics = new KuboPubSub(kubo);
                KuboPubSub.Subscription kuboHears = topics.subscribe(TOPIC);
                TestHosts hosts = new TestHosts();
                Member member = new Member(hosts, TOPIC)) {
            PeerId victim = PeerId.parse(kubo.peerId()).orElseThrow();
            member.connect(victim, kubo.swarmAddresses().stream().map(a -> Multiaddr.parse(a).orElseThrow()).toList());
            TcpHost stranger = hosts.start();
            TestHosts.connect(stranger, member.host);
            PrivateKey key = hosts.keyOf(stranger);
            var signer = new MessageSigner(key, InstantSource.system());
            Stream stream = TestHosts.open(stranger, member.host.id(), GossipSub.PROTOCOLS.getFirst());

            List<WireMessage> forgeries = forgeries(signer, key, victim);
            for (WireMessage forgery : forgeries) {
                send(stream.output(), forgery);
            }
            TestHosts.await(() -> member.count(PubSubMetrics.Event.REJECTED) == forgeries.size(),
                    () -> member.count(PubSubMetrics.Event.REJECTED) + " rejected");
            WireMessage good = signer.sign(TOPIC, Bytes.fromHex("01"));
            send(stream.output(), good);
            assertThat(member.next().data()).as("the first to be delivered").isEqualTo(Bytes.fromHex("01"));
            assertThat(kuboHears.next(PATIENCE).orElseThrow())
                    .isEqualTo(new KuboPubSub.Message(stranger.id().toString(), "01",
                            good.sequence().orElseThrow().toHex()));

            for (int more = 0; more < 3; more++) { // two would do, if no second had passed since the first: each takes a hundredth off
                send(stream.output(), forgeries.getFirst());
            }
            send(stream.output(), signer.sign(TOPIC, Bytes.fromHex("02")));
            TestHosts.await(() -> member.count(PubSubMetrics.Event.GRAYLISTED) > 0, () -> "still listened to");
            member.publish("03");
            assertThat(kuboHears.next(PATIENCE).orElseThrow().data()).isEqualTo("03");
        }
    }

    private static List<WireMessage> forgeries(MessageSigner signer, PrivateKey key, PeerId victim) {
        WireMessage good = signer.sign(TOPIC, DATA);
        Optional<Bytes> another = Optional.of(victim.toBytes());
        Optional<Bytes> ownKey = Optional.of(key.publicKey().toBytes());
        Optional<Bytes> data = good.data();
        Optional<Bytes> sequence = good.sequence();
        Optional<Bytes> signature = good.signature();
        return List.of(
                new WireMessage(good.from(), Optional.of(OTHER_DATA), sequence, TOPIC, signature, Optional.empty()),
                new WireMessage(another, data, sequence, TOPIC, signature, Optional.empty()),
                signed(key, new WireMessage(another, data, sequence, TOPIC, Optional.empty(), Optional.empty())),
                signed(key, new WireMessage(another, data, sequence, TOPIC, Optional.empty(), ownKey)),
                signed(key, new WireMessage(good.from(), data, Optional.empty(), TOPIC, signature, Optional.empty())),
                signed(key, new WireMessage(Optional.empty(), data, sequence, TOPIC, signature, ownKey)),
                new WireMessage(good.from(), data, sequence, TOPIC, Optional.empty(), Optional.empty()));
    }

    /** With the signature that {@code key} gives to what {@code message} says. */
    private static WireMessage signed(PrivateKey key, WireMessage message) {
        Bytes signature = key.sign(MessageSigner.signedBytes(message));
        return new WireMessage(message.from(), message.data(), message.sequence(), message.topic(),
                Optional.of(signature), message.key());
    }

    private static void send(OutputStream out, WireMessage message) throws IOException {
        byte[] frame = RpcEncoder.encode(Rpc.messages(List.of(message)));
        Varint.write(out, frame.length);
        out.write(frame);
        out.flush();
    }
}
