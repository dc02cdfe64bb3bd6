package io.pinfold.follower.config;

import io.pinfold.follower.config.value.ApiAddresses;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The REST API: section {@code api.rest}.
 *
 * @param listen where it listens ({@code /ip4/127.0.0.1/tcp/9094}): multiaddrs, or {@code /unix/PATH}; none: no REST API
 * @param credentials passwords by user (none); needed to listen wider than on this machine
 */
public record RestConfig(List<String> listen, Map<String, String> credentials) {

    public RestConfig {
        listen = List.copyOf(listen);
        credentials = Map.copyOf(credentials);
        if (credentials.isEmpty() && !listen.stream().allMatch(ApiAddresses::isLocal)) {
            throw new IllegalArgumentException("open to other machines without credentials");
        }
    }

    @Override
    public String toString() {
        return "RestConfig[listen=" + listen + ", users=" + new TreeSet<>(credentials.keySet()) + "]";
    }
}
