package io.pinfold.follower.config;

import io.pinfold.follower.config.value.Flags;
import java.util.List;

/** Keys of {@link TrustConfig}. */
final class TrustSection implements Section<TrustConfig> {

    private final Key<Boolean> alone = new Key<>("trust.alone", new Flags(), false);

    @Override
    public List<Key<?>> keys() {
        return List.of(alone);
    }

    @Override
    public TrustConfig build(Settings in) {
        return new TrustConfig(in.get(alone));
    }
}
