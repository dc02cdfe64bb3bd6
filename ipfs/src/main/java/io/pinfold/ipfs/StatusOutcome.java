package io.pinfold.ipfs;

/** Whether a root is pinned at a backend. */
public sealed interface StatusOutcome {

    /** Pinned in this depth under this name (empty if it has none). */
    record Pinned(PinDepth.Kind depth, String name) implements StatusOutcome {}

    /** Not pinned as a root. */
    record NotPinned() implements StatusOutcome {}

    /** The backend did not tell. */
    record Failed(BackendFailure failure) implements StatusOutcome {}
}
