package io.pinfold.libp2p.host;

import io.pinfold.libp2p.ConnectionInfo;
import io.pinfold.libp2p.HostMetrics;
import io.pinfold.libp2p.identify.IdentifyMessage;
import io.pinfold.libp2p.limit.MemoryBudget;
import io.pinfold.libp2p.record.PeerRecords;
import io.pinfold.libp2p.record.SignedPeerRecord;
import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.libp2p.yamux.YamuxConfig;
import io.pinfold.libp2p.yamux.YamuxSession;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.testkit.ManualClock;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which addresses of a peer's signed record are kept. */
class IdentifierTest {

    private static final PrivateKey PEER = SimNetwork.keyOf(1);
    private static final Multiaddr LOOPBACK = address("/ip4/127.0.0.1/tcp/9096");
    private static final Multiaddr PUBLIC = address("/ip4/192.0.2.1/tcp/9096");

    private final ManualClock clock = new ManualClock();
    private final BoundedAddressBook book = new BoundedAddressBook(clock, BoundedAddressBook.Limits.DEFAULT);

    @Test
    void ofAPeerOnThisMachineAll() {
        departedFrom(address("/ip4/127.0.0.1/tcp/50000"));
        assertThat(book.addresses(PEER.peerId())).containsExactlyInAnyOrder(LOOPBACK, PUBLIC);
    }

    @Test
    void ofAPeerElsewhereNoneOfThisMachineAndForAnHour() {
        departedFrom(address("/ip4/192.0.2.1/tcp/50000"));
        assertThat(book.addresses(PEER.peerId())).containsExactly(PUBLIC);
        clock.advance(Identifier.RECORD_LIFETIME);
        assertThat(book.addresses(PEER.peerId())).isEmpty();
    }

    private void departedFrom(Multiaddr remote) {
        PeerRecords records = new PeerRecords(10);
        records.offer(SignedPeerRecord.sign(PEER, 1, List.of(LOOPBACK, PUBLIC)));
        HostMetrics metrics = new HostMetrics();
        YamuxSession session = new YamuxSession("test", true,
                new YamuxSession.Link(InputStream.nullInputStream(), OutputStream.nullOutputStream(), () -> {}),
                YamuxConfig.DEFAULT, new MemoryBudget(1), metrics);
        try (ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
                PeerEvents events = new PeerEvents("test")) {
            Identifier identifier = new Identifier(new StreamOpener(scheduler), _ -> IdentifyMessage.EMPTY,
                    new Told(() -> 0),
                    new Identifier.Sinks(book, records, events, metrics), Duration.ofSeconds(1));
            identifier.departed(new PeerConnection(new ConnectionInfo(PEER.peerId(), remote, false, clock.instant()),
                    LOOPBACK, session));
        }
    }

    private static Multiaddr address(String text) {
        return Multiaddr.parse(text).orElseThrow();
    }
}
