package io.pinfold.ipfsnode.bitswap.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A version of the protocol, the best first. */
public enum BitswapVersion {
    /** Want-have, HAVE and DONT_HAVE; blocks carry their CID's prefix. */
    V1_2("/ipfs/bitswap/1.2.0"),
    /** Blocks carry their CID's prefix. */
    V1_1("/ipfs/bitswap/1.1.0"),
    /** Blocks are bytes, named by CID version 0. */
    V1_0("/ipfs/bitswap/1.0.0");

    private static final List<String> PROTOCOLS = Arrays.stream(values()).map(BitswapVersion::protocol).toList();

    private final String protocol;

    BitswapVersion(String protocol) {
        this.protocol = protocol;
    }

    /** The protocol's name in multistream-select. */
    public String protocol() {
        return protocol;
    }

    /** Whether one may ask who has a block, and be told that somebody has not. */
    public boolean hasPresences() {
        return this == V1_2;
    }

    /** The names of all versions, the best first. */
    public static List<String> protocols() {
        return PROTOCOLS;
    }

    /** The version named {@code protocol}. */
    public static Optional<BitswapVersion> of(String protocol) {
        return Arrays.stream(values()).filter(version -> version.protocol.equals(protocol)).findAny();
    }
}
