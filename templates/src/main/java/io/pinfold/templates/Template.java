package io.pinfold.templates;

import io.pinfold.chain.core.Genesis;
import io.pinfold.chain.core.codec.GenesisCodec;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What somebody needs to join a cluster.
 *
 * @param genesis the manifest whose CID is the cluster's id
 * @param bootstrap peers of the cluster, each address ending with its peer, at most {@value #MAX_ADDRESSES}
 * @param ipfs IPFS nodes that hold the content and the template, each address ending with its peer, as many at most
 * @param settings suggestions by key, of {@link SuggestedSettings#KEYS} only; their values are judged with the configuration
 */
public record Template(Genesis genesis, List<Multiaddr> bootstrap, List<Multiaddr> ipfs, Map<String, String> settings) {

    /** Most addresses of either kind. */
    public static final int MAX_ADDRESSES = 64;

    public Template {
        bootstrap = addresses(bootstrap);
        ipfs = addresses(ipfs);
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        if (!SuggestedSettings.KEYS.containsAll(settings.keySet())) {
            throw new IllegalArgumentException("settings that a template cannot set: " + settings.keySet());
        }
    }

    private static List<Multiaddr> addresses(List<Multiaddr> addresses) {
        if (addresses.size() > MAX_ADDRESSES || addresses.stream().anyMatch(address -> address.peerId().isEmpty())) {
            throw new IllegalArgumentException("addresses: " + addresses);
        }
        return List.copyOf(addresses);
    }

    /** The genesis in its canonical encoding. */
    public Bytes genesisBytes() {
        return GenesisCodec.encode(genesis);
    }

    /** The cluster's id. */
    public Cid clusterId() {
        return GenesisCodec.chainId(genesis);
    }
}
