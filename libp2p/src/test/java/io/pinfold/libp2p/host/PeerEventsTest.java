package io.pinfold.libp2p.host;

import io.pinfold.libp2p.HostListener;
import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.multiformats.PeerId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PeerEventsTest {

    private static final PeerId ALICE = SimNetwork.keyOf(1).peerId();
    private static final PeerId BOB = SimNetwork.keyOf(2).peerId();

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch busy = new CountDownLatch(1);

    /** Hears of everything, the first time only after {@link #busy}. */
    private final class Listener implements HostListener {
        @Override
        public void connected(PeerId peer) {
            entered.countDown();
            try {
                busy.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            heard.add("+" + name(peer));
        }

        @Override
        public void identified(PeerId peer) {
            heard.add("?" + name(peer));
        }

        @Override
        public void disconnected(PeerId peer) {
            heard.add("-" + name(peer));
        }
    }

    @Test
    void tellsInOrderAndComesToThePresentState() {
        try (PeerEvents events = new PeerEvents("test")) {
            events.add(new Listener());
            events.connected(ALICE);
            busy.countDown();
            events.identified(ALICE);
            events.disconnected(ALICE);
            events.connected(ALICE);
            events.connected(BOB);
            events.identified(BOB);
        }
        List<String> alice = heard.stream().filter(event -> event.endsWith("A")).toList();
        assertThat(alice.getFirst()).isEqualTo("+A");
        assertThat(alice.getLast()).isEqualTo("+A");
        assertThat(heard.stream().filter(event -> event.endsWith("B"))).containsExactly("+B", "?B");
    }

    @Test
    void tellsABusyListenerOfManyComingsAndGoingsAsOne() throws Exception {
        try (PeerEvents events = new PeerEvents("test")) {
            events.add(new Listener());
            events.connected(BOB);
            entered.await();
            for (int i = 0; i < 10_000; i++) {
                events.connected(ALICE);
                events.disconnected(ALICE);
            }
            events.connected(ALICE);
            events.disconnected(BOB);
            busy.countDown();
        }
        assertThat(heard).filteredOn(event -> event.endsWith("A")).containsExactly("+A");
        assertThat(heard).filteredOn(event -> event.endsWith("B")).startsWith("+B").contains("-B").hasSize(2);
    }

    @Test
    void tellsOfALeaveAndAReturn() {
        busy.countDown();
        try (PeerEvents events = new PeerEvents("test")) {
            events.add(new Listener());
            events.connected(ALICE);
            while (heard.isEmpty()) {
                Thread.onSpinWait();
            }
            events.disconnected(ALICE);
            events.connected(ALICE);
        }
        assertThat(heard).containsExactly("+A", "-A", "+A");
    }

    @Test
    void passesOverIdentificationsOfPeersThatAreGone() {
        busy.countDown();
        try (PeerEvents events = new PeerEvents("test")) {
            events.add(new Listener());
            events.identified(ALICE);
            events.connected(ALICE);
        }
        assertThat(heard).containsExactly("+A");
    }

    @Test
    void goesOnWhenAListenerFails() {
        busy.countDown();
        try (PeerEvents events = new PeerEvents("test")) {
            events.add(new HostListener() {
                @Override
                public void connected(PeerId peer) {
                    throw new IllegalStateException("a bug, on purpose");
                }
            });
            events.add(new Listener());
            events.connected(ALICE);
        }
        assertThat(heard).containsExactly("+A");
    }

    private static String name(PeerId peer) {
        return peer.equals(ALICE) ? "A" : "B";
    }
}
