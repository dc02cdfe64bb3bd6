package io.pinfold.follower.config;

import io.pinfold.follower.config.value.ApiAddresses;
import io.pinfold.follower.config.value.Lists;
import java.util.List;

/** Keys of {@link DoorsConfig}. */
final class DoorsSection implements Section<DoorsConfig> {

    private static final int MOST = 4;

    private final Key<List<String>> api = new Key<>("ipfs.api", new Lists<>(new ApiAddresses(), 0, MOST), List.of());
    private final Key<List<String>> gateway = new Key<>("ipfs.gateway", new Lists<>(new ApiAddresses(), 0, MOST),
            List.of());

    @Override
    public List<Key<?>> keys() {
        return List.of(api, gateway);
    }

    @Override
    public void check(Settings settings) {
        settings.require(settings.get(api).stream().allMatch(ApiAddresses::isLocal),
                "the IPFS node's API asks for no password, so it listens on a loopback address or a socket only", api);
    }

    @Override
    public DoorsConfig build(Settings in) {
        return new DoorsConfig(in.get(api), in.get(gateway));
    }
}
