package io.pinfold.libp2p.host;

import io.pinfold.libp2p.AddressBook;
import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BoundedAddressBookTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualClock clock = new ManualClock();
    private final BoundedAddressBook book = new BoundedAddressBook(clock, new BoundedAddressBook.Limits(3, 2));

    @Test
    void forgetsWhenTheLifetimeIsOver() {
        book.add(peer(1), List.of(address(1)), MINUTE);
        book.add(peer(1), List.of(address(2)), AddressBook.PERMANENT);
        book.add(peer(1), List.of(address(1)), Duration.ofSeconds(1));
        clock.advance(MINUTE.minusNanos(1));
        assertThat(book.addresses(peer(1))).containsExactlyInAnyOrder(address(1), address(2));
        clock.advance(Duration.ofNanos(1));
        assertThat(book.addresses(peer(1))).containsExactly(address(2));
        book.add(peer(2), List.of(address(3)), MINUTE);
        clock.advance(MINUTE);
        assertThat(book.peers()).containsExactly(peer(1));
    }

    @Test
    void keepsSoManyAddressesTheLongestLived() {
        book.add(peer(1), List.of(address(1)), MINUTE.multipliedBy(2));
        book.add(peer(1), List.of(address(2)), MINUTE);
        book.add(peer(1), List.of(address(3)), MINUTE.multipliedBy(3));
        assertThat(book.addresses(peer(1))).containsExactlyInAnyOrder(address(1), address(3));
    }

    @Test
    void keepsSoManyPeersAndThePermanentOnesLongest() {
        book.add(peer(1), List.of(address(1)), AddressBook.PERMANENT);
        book.add(peer(2), List.of(address(2)), MINUTE);
        book.add(peer(3), List.of(address(3)), MINUTE);
        book.add(peer(2), List.of(address(2)), MINUTE);
        book.add(peer(4), List.of(address(4)), MINUTE);
        assertThat(book.peers()).containsExactlyInAnyOrder(peer(1), peer(2), peer(4));
    }

    @Test
    void takesAddressesOfThePeerOnly() {
        book.add(peer(1), List.of(address(1).withPeer(peer(1)), address(2).withPeer(peer(2))), MINUTE);
        assertThat(book.addresses(peer(1))).containsExactly(address(1));
        book.remove(peer(1));
        assertThat(book.addresses(peer(1))).isEmpty();
        book.add(peer(1), List.of(address(2).withPeer(peer(2))), MINUTE);
        assertThat(book.peers()).isEmpty();
    }

    private static PeerId peer(int number) {
        return SimNetwork.keyOf(number).peerId();
    }

    private static Multiaddr address(int port) {
        return Multiaddr.parse("/ip4/192.0.2.1/tcp/" + port).orElseThrow();
    }
}
