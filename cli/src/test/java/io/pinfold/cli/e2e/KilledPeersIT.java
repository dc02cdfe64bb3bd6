package io.pinfold.cli.e2e;

import io.pinfold.testkit.Resources;
import io.pinfold.testkit.Seeds;
import io.pinfold.testkit.programs.PeerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers are killed at any moment, again and again: nothing acknowledged is lost, and nobody has to do anything. Takes the longest of
 * all, and so begins first.
 */
@Order(1)
class KilledPeersIT {

    private static final int KILLS = 20;
    private static final int MOST_WRITES = 200;
    private static final int PINS = 3_000;
    private static final int LONGEST_LIFE_MILLIS = 500;
    /** For lives that are too short to be worth the better compiler. */
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final Resources resources = new Resources();

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @TempDir
    private Path base = Path.of("");

    private final SortedSet<String> acknowledged = Collections.synchronizedSortedSet(new TreeSet<>());

    @Test
    void a_trusted_peer_killed_under_writes_keeps_what_it_acknowledged() throws Exception {
        RandomGenerator random = seeds.generator();
        PeerProcess trusted = founder();
        trusted.start();
        PeerProcess follower = follower(trusted);
        follower.start();
        for (int kill = 0; kill < KILLS; kill++) {
            int writes = random.nextInt(4) == 0 ? 0 : random.nextInt(MOST_WRITES);
            writeAndKill(trusted, "life " + kill, writes);
            trusted.start();
            assertThat(trusted.api().height()).as("height after kill %s, %s", kill, seeds).isNotNegative();
        }
        assertThat(acknowledged).hasSizeGreaterThan(10 * KILLS);
        Eventually.holds(() -> assertThat(trusted.api().pinset()).as("%s", seeds).containsAll(acknowledged));
        sameEverywhere(trusted, follower);
    }

    @Test
    void a_follower_killed_while_it_syncs_comes_to_have_everything() throws Exception {
        RandomGenerator random = seeds.generator();
        PeerProcess trusted = founder("--set", "rpc.egress_per_second=500KB", "--set", "rpc.egress_burst=1200KiB");
        trusted.start();
        for (int pin = 0; pin < PINS; pin++) {
            trusted.api().pin(Cids.identity("film " + pin));
        }
        PeerProcess follower = follower(trusted);
        Eventually.holds(() -> assertThat(trusted.api().pinset()).hasSize(PINS));
        long head = trusted.api().height();
        int amidst = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            follower.start();
            Duration life = Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS));
            long goal = random.nextLong(head + 1);
            Eventually.within(life, () -> follower.api().height() > goal);
            amidst += follower.api().height() < head ? 1 : 0;
            follower.daemon().kill();
        }
        follower.start();
        Eventually.holds(() -> assertThat(follower.api().height()).as("%s", seeds).isEqualTo(head));
        sameEverywhere(trusted, follower);
        assertThat(amidst).as("kills before the sync had ended, %s", seeds).isGreaterThan(KILLS / 4);
    }

    /** Pins over REST, one after the other, until the peer is killed, {@code writes} acknowledgments later. */
    private void writeAndKill(PeerProcess peer, String life, int writes) throws InterruptedException {
        Semaphore done = new Semaphore(0);
        Thread writer = Thread.ofVirtual().name("writer").start(() -> {
            try {
                for (int i = 0;; i++) {
                    String cid = Cids.identity(life + ", pin " + i);
                    peer.api().pin(cid);
                    acknowledged.add(cid);
                    done.release();
                }
            } catch (UncheckedIOException e) {
                done.release(MOST_WRITES); // the peer was killed
            }
        });
        assertThat(done.tryAcquire(writes, PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("%s", peer).isTrue();
        peer.daemon().kill();
        writer.join();
    }

    private PeerProcess founder(String... more) {
        return resources.add(PeerProcess.founder(base, PeerProcess.NO_NODE, more).withJavaOptions(QUICK_START));
    }

    private PeerProcess follower(PeerProcess trusted) throws IOException {
        Path template = base.resolve("template.json");
        Files.writeString(template, trusted.service("template", "show").orElseThrow());
        return resources.add(PeerProcess.follower(base, "follower", template.toString(), PeerProcess.NO_NODE)
                .withJavaOptions(QUICK_START));
    }

    /** Both have the same pinset at the same head, and at both it is what the chain says. */
    private void sameEverywhere(PeerProcess trusted, PeerProcess follower) {
        Eventually.holds(() -> {
            List<String> pins = trusted.api().lines("/allocations").stream().map(Object::toString).toList();
            assertThat(follower.api().lines("/allocations").stream().map(Object::toString).toList())
                    .as("%s", seeds)
                    .isEqualTo(pins);
            assertThat(follower.api().json("/sync").path("head")).isEqualTo(trusted.api().json("/sync").path("head"));
        });
        for (PeerProcess peer : List.of(trusted, follower)) {
            assertThat(peer.daemon().stop()).as("%s", peer).isZero();
            assertThat(peer.service("state", "verify").orElseThrow()).contains("the state is what the chain says");
        }
    }
}
