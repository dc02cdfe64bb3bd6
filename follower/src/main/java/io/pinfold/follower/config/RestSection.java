package io.pinfold.follower.config;

import io.pinfold.follower.config.value.ApiAddresses;
import io.pinfold.follower.config.value.Credentials;
import io.pinfold.follower.config.value.Lists;
import java.util.List;
import java.util.Map;

/** Keys of {@link RestConfig}. */
final class RestSection implements Section<RestConfig> {

    private final Key<List<String>> listen = new Key<>("api.rest.listen", new Lists<>(new ApiAddresses(), 0, 16),
            List.of("/ip4/127.0.0.1/tcp/9094"));
    private final Key<Map<String, String>> credentials = new Key<>("api.rest.basic_auth_credentials", new Credentials(),
            Map.of());

    @Override
    public List<Key<?>> keys() {
        return List.of(listen, credentials);
    }

    @Override
    public void check(Settings settings) {
        boolean local = settings.get(listen).stream().allMatch(ApiAddresses::isLocal);
        settings.require(local || !settings.get(credentials).isEmpty(),
                "an API that other machines reach needs credentials", listen, credentials);
    }

    @Override
    public RestConfig build(Settings in) {
        return new RestConfig(in.get(listen), in.get(credentials));
    }
}
