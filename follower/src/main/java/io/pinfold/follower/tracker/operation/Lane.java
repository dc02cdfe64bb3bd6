package io.pinfold.follower.tracker.operation;

/** The queue that an operation waits in; {@link #weight} is its share of the starts while all lanes are busy. */
public enum Lane {

    /** Published lately, or asked for by a person. */
    RECENT(4),
    /** Older, or found missing by comparing. */
    BACKLOG(2),
    /** Failed before. */
    RETRIED(1);

    private final int weight;

    Lane(int weight) {
        this.weight = weight;
    }

    int weight() {
        return weight;
    }
}
