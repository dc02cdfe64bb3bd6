package io.pinfold.cli.e2e;

import io.pinfold.chain.core.Head;
import io.pinfold.chain.core.codec.HeadCodec;
import io.pinfold.libp2p.Stream;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Varint;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.testkit.Resources;
import io.pinfold.testkit.Seeds;
import io.pinfold.testkit.programs.PeerProcess;
import io.pinfold.trust.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Strangers send a running follower real bytes that no honest peer would send: it refuses them, counts them, keeps its state, and
 * goes on serving its owner and the cluster. Its heap is small, so that whatever grows without a bound ends it.
 */
class HostilePeerIT {

    private static final String RPC = "/pinfold/rpc/1";
    private static final String GOSSIP = "/meshsub/1.1.0";
    private static final String SMALL_HEAP = "-Xmx80m -XX:TieredStopAtLevel=1";
    /** A call of chain.head, as docs/protocol/rpc.md shows it. */
    private static final Bytes CALL = Bytes
            .fromHex("2501a364626f647940666d6574686f646a636861696e2e686561646774696d656f7574192710");
    /** More than a neighbour may send in two minutes of the clock, were they old. */
    private static final int RECORDED = 300;

    @RegisterExtension
    final Resources resources = new Resources();

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    private Path base = Path.of("");

    /** A second trusted key, held by nobody but this test. */
    private final PrivateKey rogue = Identity.generate(new SecureRandom()).key();
    private PeerProcess trusted;
    private PeerProcess follower;
    private Cid cluster;
    private String topic;

    @BeforeEach
    void start() throws IOException {
        trusted = resources.add(PeerProcess.founder(base, PeerProcess.NO_NODE, "--trust", rogue.peerId().toString()));
        trusted.start();
        Path template = base.resolve("template.json");
        Files.writeString(template, trusted.service("template", "show").orElseThrow());
        follower = resources
                .add(PeerProcess.follower(base, "follower", template.toString(), PeerProcess.NO_NODE))
                .withJavaOptions(SMALL_HEAP);
        follower.start();
        cluster = Cid.parse(trusted.id().path("cluster_id").asString()).orElseThrow();
        topic = "/pinfold/1/" + cluster + "/heads";
        trusted.api().pin(Cids.identity("a film"));
        Eventually.holds(() -> assertThat(follower.api().pinset()).hasSize(1));
    }

    /** The daemon serves its owner, has the state of the cluster, and takes the next change of the trusted peer. */
    @AfterEach
    void all_is_well() {
        assertThat(follower.daemon().isAlive()).isTrue();
        assertThat(follower.api().send("GET", "/health").status()).isEqualTo(204);
        assertThat(follower.api().pinset()).isEqualTo(trusted.api().pinset());
        trusted.api().pin(Cids.identity("another film"));
        Eventually.holds(() -> assertThat(follower.api().pinset())
                .contains(Cids.identity("another film"))
                .isEqualTo(trusted.api().pinset()));
        assertThat(follower.daemon().stop()).isZero();
    }

    @Test
    void whatever_strangers_send_is_refused_and_counted() throws IOException {
        Set<String> before = follower.api().pinset();
        headOfStranger();
        garbageOnTopic();
        garbageOnGossipStreams();
        brokenCalls();
        flood();
        assertThat(follower.api().pinset()).isEqualTo(before);
    }

    @Test
    void recorded_heads_hold_nothing_up() {
        List<Bytes> recorded = recordHeads();
        assertThat(follower.daemon().stop()).isZero(); // it forgets which messages it has seen
        follower.start();
        Eventually.holds(() -> assertThat(follower.api().pinset()).isEqualTo(trusted.api().pinset()));
        long height = follower.api().height();
        try (Stranger stranger = new Stranger(follower); Stranger.Gossip gossip = stranger.gossip(topic)) {
            recorded.forEach(gossip::say);
            counted("heads_ignored_not_newer", 100);
            assertThat(follower.api().metric("heads_rejected_flood")).isZero(); // the trusted peer may have told them too
        }
        assertThat(follower.api().height()).isEqualTo(height);
    }

    @Test
    void heads_of_blocks_that_nobody_has_hold_nothing_up() {
        long height = follower.api().height();
        try (Stranger stranger = new Stranger(follower); Stranger.Gossip gossip = stranger.gossip(topic)) {
            for (int i = 1; i <= 5; i++) {
                long before = follower.api().metric("heads_accepted");
                gossip.say(head(rogue, height + i));
                counted("heads_accepted", before + 1);
                String cid = Cids.identity("in spite of head " + i);
                trusted.api().pin(cid);
                Eventually.holds(() -> assertThat(follower.api().pinset()).contains(cid));
            }
            gossip.say(head(rogue, height + 1_000_000));
        }
        assertThat(follower.api().height()).isEqualTo(height + 5);
    }

    private void headOfStranger() {
        try (Stranger stranger = new Stranger(follower); Stranger.Gossip gossip = stranger.gossip(topic)) {
            gossip.say(head(stranger.key(), follower.api().height() + 1));
            counted("heads_rejected_not_trusted", 1);
        }
    }

    private void garbageOnTopic() {
        try (Stranger stranger = new Stranger(follower); Stranger.Gossip gossip = stranger.gossip(topic)) {
            for (int i = 0; i < 50; i++) {
                gossip.say(random(2_000, "head " + i));
            }
            counted("heads_rejected_malformed", 5);
            counted("gossip_graylisted", 1);
        }
    }

    private void garbageOnGossipStreams() {
        try (Stranger stranger = new Stranger(follower)) {
            Bytes garbage = random(1 << 19, "frame");
            stranger.exchange(GOSSIP, frame(garbage.size(), garbage));
            counted("gossip_malformed", 1);
            assertThat(stranger.exchange(GOSSIP, frame(1L << 30, garbage)).size()).isZero();
            assertThat(stranger.exchange(GOSSIP, frame(5_000, garbage.slice(0, 10))).size()).isZero();
        }
    }

    private void brokenCalls() {
        try (Stranger stranger = new Stranger(follower)) {
            told(3, stranger.exchange(RPC, CALL.slice(0, 20)), "rpc_malformed_truncated_frames");
            told(4, stranger.exchange(RPC, frame((1 << 20) + (64 << 10) + 1, CALL)), "rpc_malformed_too_long_frames");
            told(3, stranger.exchange(RPC, CALL.concat(Bytes.fromHex("00"))), "rpc_malformed_trailing_frames");
            told(3, stranger.exchange(RPC, Bytes.fromHex("020900")), "rpc_malformed_unsupported_frames");
            told(3, stranger.exchange(RPC, frame(300, random(300, "call"))), "rpc_refused_bad_request_calls");
            told(1, stranger.exchange(RPC, call("chain.burn")), "rpc_refused_unknown_method_calls");
            told(2, stranger.exchange(RPC, call("pin.status")), "rpc_refused_forbidden_calls");
        }
    }

    /** Calls, half-sent frames that stay open, large garbage, and connections that never begin to speak: all at once. */
    private void flood() throws IOException {
        List<AutoCloseable> open = new ArrayList<>();
        try (Stranger caller = new Stranger(follower);
                Stranger holder = new Stranger(follower);
                Stranger sender = new Stranger(follower)) {
            for (int i = 0; i < 60; i++) {
                Socket silent = new Socket(InetAddress.getLoopbackAddress(), follower.swarmPort());
                open.add(silent);
                Stream half = holder.open(RPC);
                half.output().write(frame(60_000, random(50_000, "half " + i)).toArray());
                open.add(half);
            }
            for (int i = 0; i < 100; i++) {
                sender.exchange(GOSSIP, frame(1 << 20, random(1 << 20, "large " + i)));
                caller.exchange(RPC, CALL);
            }
            assertThat(follower.api().metric("rpc_refused_limit_calls")).isPositive();
            assertThat(follower.api().send("GET", "/health").status()).isEqualTo(204);
        } finally {
            for (AutoCloseable one : open) {
                close(one);
            }
        }
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Distinct heads that the trusted peer really announced. */
    private List<Bytes> recordHeads() {
        try (Stranger listener = new Stranger(trusted); Stranger.Gossip gossip = listener.gossip(topic)) {
            for (int i = 0; gossip.heard().size() < RECORDED; i++) {
                trusted.api().pin(Cids.identity("recorded " + i));
            }
            return gossip.heard().subList(0, RECORDED);
        }
    }

    private Bytes head(PrivateKey voter, long height) {
        Cid missing = Cid.dagCbor(random(100, "missing block"));
        Head head = new Head(cluster, 0, height, missing, System.currentTimeMillis(), Optional.empty(), List.of(),
                voter.peerId());
        return HeadCodec.sign(head, voter).bytes();
    }

    private void counted(String metric, long least) {
        Eventually.holds(() -> assertThat(follower.api().metric(metric)).as(metric).isGreaterThanOrEqualTo(least));
    }

    /** The answer is an error frame of this code, and {@code metric} has counted it. */
    private void told(int code, Bytes answer, String metric) {
        assertThat(answer.size()).as("answer %s", answer).isGreaterThan(8);
        assertThat(answer.get(1)).as("kind of %s", answer).isEqualTo((byte) 4);
        assertThat(answer.get(8)).as("code of %s", answer).isEqualTo((byte) code);
        counted(metric, 1);
    }

    private static Bytes call(String method) {
        String text = Bytes.copyOf(method.getBytes(StandardCharsets.US_ASCII)).toHex();
        Bytes body = Bytes.fromHex("01a364626f647940666d6574686f64%02x".formatted(0x60 + method.length()) + text
                + "6774696d656f7574192710");
        return frame(body.size(), body);
    }

    private static Bytes frame(long length, Bytes content) {
        return Bytes.copyOf(Varint.encode(length)).concat(content);
    }

    private Bytes random(int size, String what) {
        byte[] bytes = new byte[size];
        seeds.generator(what).nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }
}
