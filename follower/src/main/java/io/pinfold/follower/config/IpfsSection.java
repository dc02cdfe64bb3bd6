package io.pinfold.follower.config;

import io.pinfold.follower.config.value.Sizes;
import io.pinfold.ipfsnode.node.EmbeddedNodeConfig;
import java.util.List;

/** Keys of the embedded IPFS node, which counts where {@code pinning.backends} names it: section {@code ipfs}. */
final class IpfsSection implements Section<EmbeddedNodeConfig> {

    private static final long LEAST = 1L << 20;
    private static final long MOST = 1L << 60;

    private final Key<Long> maxStorage = new Key<>("ipfs.max_storage", new Sizes(LEAST, MOST),
            EmbeddedNodeConfig.MAX_STORAGE);

    @Override
    public List<Key<?>> keys() {
        return List.of(maxStorage);
    }

    @Override
    public EmbeddedNodeConfig build(Settings in) {
        return EmbeddedNodeConfig.DEFAULT.withMaxStorage(in.get(maxStorage));
    }
}
