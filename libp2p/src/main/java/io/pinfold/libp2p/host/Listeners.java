package io.pinfold.libp2p.host;

import io.pinfold.libp2p.transport.Link;
import io.pinfold.libp2p.transport.ListenException;
import io.pinfold.libp2p.transport.TcpListener;
import io.pinfold.multiformats.Multiaddr;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything that a host listens on.
 *
 * <p>The JVM's listener on {@code ::} takes IPv4 too, so {@code 0.0.0.0} beside it on the same port needs, and gets, no
 * listener of its own.
 */
final class Listeners implements AutoCloseable {

    private final List<TcpListener> listeners = new ArrayList<>();
    private final List<Multiaddr> addresses = new ArrayList<>();

    /**
     * Listens at all of {@code wanted}.
     *
     * @throws ListenException if that cannot be at one of them; then at none
     */
    Listeners(List<Multiaddr> wanted, Consumer<Link> taker) throws ListenException {
        boolean done = false;
        try {
            for (Multiaddr address : wanted) {
                if (isCovered(address, wanted)) {
                    addresses.add(address);
                } else {
                    TcpListener listener = new TcpListener(address, taker);
                    listeners.add(listener);
                    addresses.add(listener.address());
                }
            }
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    /** Where it listens, ports resolved. */
    List<Multiaddr> addresses() {
        return List.copyOf(addresses);
    }

    private static boolean isCovered(Multiaddr address, List<Multiaddr> wanted) {
        Optional<InetSocketAddress> four = unspecified(address)
                .filter(endpoint -> endpoint.getAddress() instanceof Inet4Address);
        return four.isPresent() && wanted.stream()
                .flatMap(other -> unspecified(other).stream())
                .anyMatch(other -> !(other.getAddress() instanceof Inet4Address)
                        && other.getPort() == four.get().getPort());
    }

    private static Optional<InetSocketAddress> unspecified(Multiaddr address) {
        return address.tcpEndpoint()
                .filter(endpoint -> endpoint.getPort() != 0)
                .filter(endpoint -> !endpoint.isUnresolved() && endpoint.getAddress().isAnyLocalAddress());
    }

    @Override
    public void close() {
        listeners.forEach(TcpListener::close);
    }
}
