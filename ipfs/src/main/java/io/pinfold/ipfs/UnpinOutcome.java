package io.pinfold.ipfs;

/** What became of a request to unpin. */
public sealed interface UnpinOutcome {

    /** Our pin was there and is gone. */
    record Unpinned() implements UnpinOutcome {}

    /** No such root was pinned. */
    record NotPinned() implements UnpinOutcome {}

    /** The root is pinned by somebody else, under {@code name}, and stays. */
    record NotOurs(String name) implements UnpinOutcome {}

    /** The pin may still be there. */
    record Failed(BackendFailure failure) implements UnpinOutcome {}
}
