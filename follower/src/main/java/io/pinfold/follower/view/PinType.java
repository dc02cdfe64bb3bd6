package io.pinfold.follower.view;

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

    /** The name that ipfs-cluster's API uses. */
    public String text() {
        return text;
    }
}
