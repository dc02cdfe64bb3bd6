package io.pinfold.chain.core;

import java.util.Optional;

/** What a pin stands for. */
public enum PinType {

    /** Content. */
    DATA("pin"),
    /** The root of sharded content; held by no backend itself. */
    META("meta-pin"),
    /** The list of shards of a sharded root. */
    CLUSTER_DAG("clusterdag-pin"),
    /** One shard. */
    SHARD("shard-pin");

    private final String text;

    PinType(String text) {
        this.text = text;
    }

    /** The name, the same as in ipfs-cluster. */
    public String text() {
        return text;
    }

    /** The type called {@code text}. */
    public static Optional<PinType> of(String text) {
        for (PinType type : values()) {
            if (type.text.equals(text)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
