package io.pinfold.chain.store.pins;

/** Whether a base can be used. */
sealed interface BaseOpening {

    /** It can. */
    record Opened(FileBase base) implements BaseOpening {}

    /** It cannot: it is damaged, or of a version that is unknown here. */
    record PassedOver(long height, String reason) implements BaseOpening {}
}
