package io.pinfold.libp2p.host;

import io.pinfold.libp2p.ConnectionInfo;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.HostMetrics;
import io.pinfold.libp2p.limit.MemoryBudget;
import io.pinfold.libp2p.sim.Duplex;
import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.libp2p.yamux.YamuxConfig;
import io.pinfold.libp2p.yamux.YamuxSession;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The table of connections and the choice of those to trim. */
class ConnectionBoundsTest {

    private static final Duration GRACE = Duration.ofSeconds(20);

    private final ManualClock clock = new ManualClock();
    private final PeerEvents events = new PeerEvents("test");
    private final HostConfig.Connections limits = new HostConfig.Connections(5, 2, 2, 2, 3, GRACE, YamuxConfig.DEFAULT);
    private final ConnectionTable table = new ConnectionTable(limits, events);
    private final Trimmer trimmer = new Trimmer(limits, clock);

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void theTableKeepsItsBounds() {
        assertThat(table.add(connection(1, "/ip4/192.0.2.1/tcp/1", false))).isTrue();
        PeerConnection second = connection(2, "/ip4/192.0.2.1/tcp/2", false);
        assertThat(table.add(second)).isTrue();
        assertThat(table.add(connection(3, "/ip4/192.0.2.1/tcp/3", false))).as("third of one IP").isFalse();
        assertThat(table.add(connection(3, "/ip4/192.0.2.1/tcp/3", true))).as("outbound").isTrue();
        assertThat(table.add(connection(3, "/ip4/192.0.2.3/tcp/3", false))).as("second of one peer").isTrue();
        assertThat(table.add(connection(3, "/ip4/192.0.2.4/tcp/3", false))).as("third of one peer").isFalse();
        assertThat(table.add(connection(4, "/ip4/192.0.2.4/tcp/3", false))).isTrue();
        assertThat(table.hasRoom()).isFalse();
        assertThat(table.add(connection(5, "/ip4/192.0.2.5/tcp/3", true))).as("sixth").isFalse();
        table.remove(second);
        table.remove(second);
        assertThat(table.size()).isEqualTo(4);
        assertThat(table.add(connection(5, "/ip4/192.0.2.1/tcp/3", false))).as("place of the second").isTrue();
        table.remove(connection(1, "/ip4/192.0.2.1/tcp/1", false));
        table.close();
        assertThat(table.hasRoom()).isFalse();
    }

    @Test
    void oneIp6NetworkIsOneOrigin() {
        assertThat(table.add(connection(1, "/ip6/2001:db8::1/tcp/1", false))).isTrue();
        assertThat(table.add(connection(2, "/ip6/2001:db8::2/tcp/1", false))).isTrue();
        assertThat(table.add(connection(3, "/ip6/2001:db8::3/tcp/1", false))).isFalse();
        assertThat(table.add(connection(3, "/ip6/2001:db8:0:1::3/tcp/1", false))).isTrue();
    }

    @Test
    void streamsAreOpenedOnTheNewestConnection() {
        table.add(connection(1, "/ip4/192.0.2.1/tcp/1", false));
        clock.advance(Duration.ofSeconds(1));
        PeerConnection newer = connection(1, "/ip4/192.0.2.1/tcp/2", true);
        table.add(newer);
        assertThat(table.best(newer.peer())).contains(newer);
        newer.session().abort("gone");
        assertThat(table.best(newer.peer())).isPresent().isNotEqualTo(Optional.of(newer));
    }

    @Test
    void trimsTheLeastValuableDownToTheLowMark() throws IOException {
        PeerConnection old = connection(1, "/ip4/192.0.2.1/tcp/1", false);
        clock.advance(Duration.ofSeconds(1));
        PeerConnection busy = connection(2, "/ip4/192.0.2.1/tcp/1", false);
        busy.session().open(Duration.ofSeconds(1));
        PeerConnection dialled = connection(3, "/ip4/192.0.2.1/tcp/1", true);
        PeerConnection newer = connection(4, "/ip4/192.0.2.1/tcp/1", false);
        PeerConnection guarded = connection(5, "/ip4/192.0.2.1/tcp/1", false);
        trimmer.protect(guarded.peer(), "a");
        trimmer.protect(guarded.peer(), "b");
        trimmer.unprotect(guarded.peer(), "b");
        clock.advance(GRACE);
        PeerConnection young = connection(6, "/ip4/192.0.2.1/tcp/1", false);
        List<PeerConnection> all = List.of(old, busy, dialled, newer, guarded, young);
        assertThat(trimmer.choose(all)).containsExactly(newer, old, dialled, busy);
        assertThat(trimmer.choose(List.of(old, busy, dialled))).as("at the high mark").isEmpty();
        assertThat(trimmer.choose(List.of(old, busy, dialled, newer))).containsExactly(newer, old);
        trimmer.unprotect(guarded.peer(), "a");
        assertThat(trimmer.choose(all)).startsWith(newer, guarded).hasSize(4);
    }

    @Test
    void aHostTrimsAndKeepsWhoIsProtected() throws Exception {
        try (TestHosts hosts = new TestHosts()) {
            TcpHost hub = hosts.start(TestHosts.onLoopback()
                    .withConnections(HostConfig.Connections.DEFAULT.withWater(2, 4, Duration.ZERO)));
            List<TcpHost> others = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                others.add(hosts.start());
                hub.protect(others.getFirst().id(), "test");
                TestHosts.connect(others.getLast(), hub);
            }
            TestHosts.await(() -> hub.connectedPeers().size() <= 2 && hub.metrics().get("connections_trimmed") >= 3,
                    () -> hub.connectedPeers().size() + " peers, " + hub.metrics().snapshot());
            assertThat(hub.connectedPeers()).contains(others.getFirst().id());
        }
    }

    private PeerConnection connection(int peer, String address, boolean outbound) {
        Duplex link = Duplex.pair(1024)[0];
        YamuxSession session = new YamuxSession("test", true,
                new YamuxSession.Link(link.input(), link.output(), link::close), YamuxConfig.DEFAULT,
                new MemoryBudget(1 << 20), new HostMetrics());
        Multiaddr remote = Multiaddr.parse(address).orElseThrow();
        return new PeerConnection(
                new ConnectionInfo(SimNetwork.keyOf(peer).peerId(), remote, outbound, clock.instant()), remote,
                session);
    }
}
