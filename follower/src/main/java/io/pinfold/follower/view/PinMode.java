package io.pinfold.follower.view;

/** How much of a pin's content is held. */
public enum PinMode {

    /** The root and everything below it. */
    RECURSIVE("recursive"),
    /** The root block alone. */
    DIRECT("direct");

    private final String text;

    PinMode(String text) {
        this.text = text;
    }

    /** The name that ipfs-cluster's API uses. */
    public String text() {
        return text;
    }
}
