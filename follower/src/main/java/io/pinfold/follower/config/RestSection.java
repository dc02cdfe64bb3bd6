package io.pinfold.follower.config;

import io.pinfold.follower.config.value.Addresses;
import io.pinfold.follower.config.value.Credentials;
import io.pinfold.follower.config.value.Lists;
import io.pinfold.multiformats.Multiaddr;
import java.util.List;
import java.util.Map;

/** Keys of {@link RestConfig}. */
final class RestSection implements Section<RestConfig> {

    private static final Multiaddr LOCAL = Multiaddr.parse("/ip4/127.0.0.1/tcp/9094").orElseThrow();

    private final Key<List<Multiaddr>> listen = new Key<>("api.rest.listen",
            new Lists<>(new Addresses(Addresses.Peer.NONE), 0, 16), List.of(LOCAL));
    private final Key<Map<String, String>> credentials = new Key<>("api.rest.basic_auth_credentials", new Credentials(),
            Map.of());

    @Override
    public List<Key<?>> keys() {
        return List.of(listen, credentials);
    }

    @Override
    public void check(Settings settings) {
        boolean local = settings.get(listen).stream().allMatch(RestConfig::isLoopback);
        settings.require(local || !settings.get(credentials).isEmpty(),
                "an API that other machines reach needs credentials", listen, credentials);
    }

    @Override
    public RestConfig build(Settings in) {
        return new RestConfig(in.get(listen), in.get(credentials));
    }
}
