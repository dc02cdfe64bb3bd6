package io.pinfold.libp2p.host;

import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.Hosts;
import io.pinfold.libp2p.limit.Deadline;
import io.pinfold.libp2p.transport.ListenException;
import io.pinfold.libp2p.transport.Resolver;
import io.pinfold.multiformats.Multiaddr;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where a host listens, what it tells of that, and whom names lead to. */
class OwnAddressesTest {

    @Test
    void tellsWhatIsConfigured() {
        List<Multiaddr> announced = List.of(address("/dns4/example.org/tcp/1"));
        assertThat(new OwnAddresses(announced, List.of(address("/ip4/127.0.0.1/tcp/2"))).toTell(true))
                .isEqualTo(announced);
    }

    @Test
    void tellsLoopbackToNeighboursOnly() {
        Multiaddr loopback = address("/ip4/127.0.0.1/tcp/2");
        Multiaddr other = address("/ip4/192.0.2.1/tcp/2");
        OwnAddresses both = new OwnAddresses(List.of(), List.of(loopback, other));
        assertThat(both.toTell(true)).containsExactly(loopback, other);
        assertThat(both.toTell(false)).containsExactly(other);
        assertThat(new OwnAddresses(List.of(), List.of(loopback)).toTell(false)).containsExactly(loopback);
    }

    @Test
    void putsInterfacesInPlaceOfTheUnspecifiedAddress() {
        OwnAddresses any = new OwnAddresses(List.of(), List.of(address("/ip4/0.0.0.0/tcp/2")));
        assertThat(any.toTell(true)).contains(address("/ip4/127.0.0.1/tcp/2"))
                .doesNotContain(address("/ip4/0.0.0.0/tcp/2"));
    }

    @Test
    void listensAtSeveralAddressesAndSaysWhenThatCannotBe() throws Exception {
        try (TestHosts hosts = new TestHosts()) {
            TcpHost host = hosts.start(HostConfig.DEFAULT
                    .withListen(List.of(address("/ip4/127.0.0.1/tcp/0"), address("/ip4/127.0.0.2/tcp/0"))));
            assertThat(host.listenAddresses()).hasSize(2).noneMatch(address -> address.toString().endsWith("/tcp/0"));
            TcpHost friend = hosts.start();
            assertThat(friend.connect(host.id(), host.listenAddresses().subList(1, 2), TestHosts.PATIENCE))
                    .isInstanceOf(DialResult.Connected.class);
            assertThatThrownBy(() -> Hosts.start(hosts.newKey(), HostConfig.DEFAULT.withListen(host.listenAddresses())))
                    .isInstanceOfSatisfying(ListenException.class,
                            e -> assertThat(e.address()).isEqualTo(host.listenAddresses().getFirst().toString()));
            assertThatThrownBy(() -> Hosts.start(hosts.newKey(),
                    HostConfig.DEFAULT.withListen(List.of(address("/ip4/127.0.0.1/udp/1/quic-v1")))))
                    .isInstanceOf(ListenException.class);
        }
    }

    @Test
    void listensOnceForBothFamiliesOnOnePort() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        List<Multiaddr> both = List.of(address("/ip4/0.0.0.0/tcp/" + port), address("/ip6/::/tcp/" + port));
        try (TestHosts hosts = new TestHosts()) {
            TcpHost host = hosts.start(HostConfig.DEFAULT.withListen(both));
            assertThat(host.listenAddresses()).isEqualTo(both);
            assertThat(host.advertisedAddresses()).contains(address("/ip4/127.0.0.1/tcp/" + port),
                    address("/ip6/::1/tcp/" + port));
            List<Multiaddr> four = List.of(address("/ip4/127.0.0.1/tcp/" + port));
            assertThat(hosts.start().connect(host.id(), four, TestHosts.PATIENCE))
                    .isInstanceOf(DialResult.Connected.class);
        }
    }

    @Test
    void resolvesNamesOfTheFamilyAskedForAndNotTooMany() throws Exception {
        InetAddress four = InetAddress.getByName("192.0.2.1");
        InetAddress six = InetAddress.getByName("2001:db8::1");
        InetAddress[] many = new InetAddress[100];
        Arrays.fill(many, four);
        many[0] = six;
        Deadline deadline = Deadline.after(Duration.ofSeconds(20));
        try (Resolver resolver = new Resolver(_ -> many)) {
            assertThat(resolver.resolve(address("/dns4/a/tcp/1"), deadline)).hasSize(Resolver.MAX_ADDRESSES)
                    .containsOnly(four);
            assertThat(resolver.resolve(address("/dns6/a/tcp/1"), deadline)).containsExactly(six);
            assertThat(resolver.resolve(address("/ip4/192.0.2.9/tcp/1"), deadline))
                    .containsExactly(InetAddress.getByName("192.0.2.9"));
        }
        try (Resolver resolver = new Resolver(host -> {
            throw new UnknownHostException(host);
        })) {
            assertThatThrownBy(() -> resolver.resolve(address("/dns/a/tcp/1"), deadline))
                    .isInstanceOf(UnknownHostException.class);
        }
    }

    private static Multiaddr address(String text) {
        return Multiaddr.parse(text).orElseThrow();
    }
}
