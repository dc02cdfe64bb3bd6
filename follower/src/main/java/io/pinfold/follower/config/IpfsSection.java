package io.pinfold.follower.config;

import io.pinfold.follower.config.value.Lists;
import io.pinfold.follower.config.value.Sizes;
import io.pinfold.follower.config.value.WebPlaces;
import io.pinfold.ipfsnode.fetch.web.WebPlace;
import io.pinfold.ipfsnode.node.EmbeddedNodeConfig;
import java.util.List;

/** Keys of the IPFS node within the peer, which count where {@code pinning.backends} names it: section {@code ipfs}. */
final class IpfsSection implements Section<EmbeddedNodeConfig> {

    private static final int MOST_SERVERS = 8;

    private final Key<Long> maxStorage = new Key<>("ipfs.max_storage", new Sizes(1L << 20, 1L << 60),
            EmbeddedNodeConfig.MAX_STORAGE);
    private final Key<List<WebPlace>> routers = new Key<>("ipfs.routers", new Lists<>(new WebPlaces(), 0, MOST_SERVERS),
            List.of());
    private final Key<List<WebPlace>> gateways = new Key<>("ipfs.gateways",
            new Lists<>(new WebPlaces(), 0, MOST_SERVERS), List.of());

    @Override
    public List<Key<?>> keys() {
        return List.of(maxStorage, routers, gateways);
    }

    @Override
    public EmbeddedNodeConfig build(Settings in) {
        return EmbeddedNodeConfig.DEFAULT.withMaxStorage(in.get(maxStorage))
                .withWeb(in.get(routers), in.get(gateways));
    }
}
