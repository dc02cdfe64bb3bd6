package io.pinfold.trust;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.nio.charset.StandardCharsets;

/**
 * What a signature is for. A signed message begins with its domain and the cluster's id, so that no signature holds
 * for anything else, nor in another cluster.
 */
public enum SignatureDomain {

    /** Reserved for statements about a genesis; a genesis itself is known by its hash and not signed. */
    GENESIS("pinfold/1/genesis"),
    /** A block, by its author. */
    BLOCK("pinfold/1/block"),
    /** A head, by its voter. */
    HEAD("pinfold/1/head"),
    /** A {@code trust} or {@code config} operation, by an admin. */
    TRUST("pinfold/1/trust"),
    /** A metric, by the peer it is of. */
    METRIC("pinfold/1/metric");

    private final String text;

    SignatureDomain(String text) {
        this.text = text;
    }

    /** The name that messages begin with. */
    public String text() {
        return text;
    }

    /** The message to sign: the name in ASCII, a zero byte, the binary cluster id, and {@code content}. */
    public Bytes message(Cid clusterId, Bytes content) {
        Bytes prefix = Bytes.copyOf((text + '\0').getBytes(StandardCharsets.US_ASCII));
        return prefix.concat(clusterId.toBytes()).concat(content);
    }
}
