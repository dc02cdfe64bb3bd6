package io.pinfold.follower.config;

import io.pinfold.follower.config.value.ApiAddresses;
import java.util.List;

/**
 * Where programs that are no peers reach the IPFS node within the peer: keys {@code ipfs.api} and {@code ipfs.gateway}.
 *
 * @param api where the part of Kubo's RPC listens that there is (none: it does not); on this machine only, since it asks for no
 *        password
 * @param gateway where the trustless gateway listens (none: there is none); whoever reaches it can read every block that is here
 *        and whose CID he knows
 */
public record DoorsConfig(List<String> api, List<String> gateway) {

    /** No doors. */
    public static final DoorsConfig NONE = new DoorsConfig(List.of(), List.of());

    public DoorsConfig {
        api = List.copyOf(api);
        gateway = List.copyOf(gateway);
        if (!api.stream().allMatch(ApiAddresses::isLocal)) {
            throw new IllegalArgumentException("open to other machines without credentials");
        }
    }

    /** Whether other machines can reach the gateway. */
    public boolean isGatewayPublic() {
        return !gateway.stream().allMatch(ApiAddresses::isLocal);
    }
}
