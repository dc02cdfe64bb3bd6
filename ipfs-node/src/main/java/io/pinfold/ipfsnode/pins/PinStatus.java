package io.pinfold.ipfsnode.pins;

/** How a CID stands. */
public sealed interface PinStatus {

    /** It is pinned, and all of it is here. */
    record Finished(Pin pin) implements PinStatus {}

    /** It is being pinned; nobody may be at it at present. */
    record UnderWay(Pin pin, Progress progress) implements PinStatus {}

    /** It is kept since something else that is pinned, or being pinned, has it. */
    record Indirect() implements PinStatus {}

    /** No pin wants it. */
    record Unpinned() implements PinStatus {}
}
