package io.pinfold.cli.e2e;

import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.Hosts;
import io.pinfold.libp2p.OpenResult;
import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.StreamResetException;
import io.pinfold.libp2p.host.TcpHost;
import io.pinfold.libp2p.pubsub.Message;
import io.pinfold.libp2p.pubsub.PubSub;
import io.pinfold.libp2p.pubsub.PubSub.Verdict;
import io.pinfold.libp2p.pubsub.gossip.GossipConfig;
import io.pinfold.libp2p.pubsub.gossip.GossipSub;
import io.pinfold.libp2p.transport.ListenException;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.testkit.programs.PeerProcess;
import io.pinfold.trust.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

import static org.assertj.core.api.Assertions.assertThat;

/** A libp2p peer with a key that nobody trusts, connected to a running daemon, which says whatever it is told to. */
final class Stranger implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int LONGEST_ANSWER = 1 << 16;

    private final PrivateKey key = Identity.generate(new SecureRandom()).key();
    private final PeerId daemon;
    private final TcpHost host;

    /** Connects to {@code peer}. */
    Stranger(PeerProcess peer) {
        daemon = PeerId.parse(peer.id().path("id").asString()).orElseThrow();
        Multiaddr address = Multiaddr.parse("/ip4/127.0.0.1/tcp/" + peer.swarmPort()).orElseThrow();
        try {
            host = Hosts.start(key, HostConfig.DEFAULT);
        } catch (ListenException e) {
            throw new IllegalStateException(e);
        }
        assertThat(host.connect(daemon, List.of(address), TIMEOUT)).isInstanceOf(DialResult.Connected.class);
    }

    /** Its key. */
    PrivateKey key() {
        return key;
    }

    /** A place on the daemon's topic, whose own messages are not judged. */
    Gossip gossip(String topic) {
        return new Gossip(topic);
    }

    /** Opens a stream. */
    Stream open(String protocol) {
        OpenResult result = host.open(daemon, List.of(protocol), TIMEOUT);
        assertThat(result).isInstanceOf(OpenResult.Opened.class);
        Stream stream = ((OpenResult.Opened) result).stream();
        stream.setTimeout(TIMEOUT);
        return stream;
    }

    /** Sends bytes on a stream of their own, ends it, and gives what comes back; nothing if the stream was reset. */
    Bytes exchange(String protocol, Bytes sent) {
        try (Stream stream = open(protocol)) {
            stream.output().write(sent.toArray());
            stream.closeWrite();
            return Bytes.copyOf(stream.input().readNBytes(LONGEST_ANSWER));
        } catch (StreamResetException _) {
            return Bytes.EMPTY;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        host.close();
    }

    /** The stranger on a topic. */
    final class Gossip implements AutoCloseable {

        private final ConcurrentLinkedQueue<Bytes> heard = new ConcurrentLinkedQueue<>();
        private final GossipSub gossip = GossipSub.start(host, key, GossipConfig.DEFAULT, InstantSource.system(),
                new SecureRandom(), Thread::sleep, _ -> {});
        private final PubSub.Topic topic;

        private Gossip(String name) {
            topic = gossip.join(name, Gossip::id, _ -> Verdict.ACCEPT, message -> heard.add(message.data()));
            Eventually.holds(() -> assertThat(topic.peers()).contains(daemon));
        }

        /** All payloads heard so far. */
        List<Bytes> heard() {
            return List.copyOf(heard);
        }

        /** Says {@code data}. */
        void say(Bytes data) {
            topic.publish(data);
        }

        private static Bytes id(Message message) {
            return Multihash.sha256(Bytes.copyOf(message.topic().getBytes(StandardCharsets.UTF_8))
                    .concat(message.data())).digest();
        }

        @Override
        public void close() {
            gossip.close();
        }
    }
}
