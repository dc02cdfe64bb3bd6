package io.pinfold.follower.config;

import io.pinfold.multiformats.Multiaddr;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The REST API: section {@code api.rest}.
 *
 * @param listen where it listens ({@code /ip4/127.0.0.1/tcp/9094}); none: there is no REST API
 * @param credentials passwords by user (none); needed to listen wider than on this machine
 */
public record RestConfig(List<Multiaddr> listen, Map<String, String> credentials) {

    public RestConfig {
        listen = List.copyOf(listen);
        credentials = Map.copyOf(credentials);
        if (credentials.isEmpty() && !listen.stream().allMatch(RestConfig::isLoopback)) {
            throw new IllegalArgumentException("open to other machines without credentials");
        }
    }

    /** Whether only this machine reaches {@code address}; a host name could mean anything, so it does not count. */
    static boolean isLoopback(Multiaddr address) {
        Optional<InetSocketAddress> endpoint = address.tcpEndpoint();
        return endpoint.isPresent() && !endpoint.get().isUnresolved()
                && endpoint.get().getAddress().isLoopbackAddress();
    }

    @Override
    public String toString() {
        return "RestConfig[listen=" + listen + ", users=" + new TreeSet<>(credentials.keySet()) + "]";
    }
}
