package io.pinfold.ipfsnode.view;

import java.time.Duration;

/** How far is looked for blocks. */
public sealed interface Reach {

    /** Only here. */
    Reach HERE = new Here();

    /** Only here: nobody is asked. */
    record Here() implements Reach {}

    /**
     * Here, and then at peers and services; what they give is not kept.
     *
     * @param patience how long in all
     */
    record Everywhere(Duration patience) implements Reach {}
}
