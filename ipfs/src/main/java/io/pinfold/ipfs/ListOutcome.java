package io.pinfold.ipfs;

/** How a listing ended. */
public sealed interface ListOutcome {

    /** Everything was handed over, {@code roots} in all. */
    record Complete(long roots) implements ListOutcome {}

    /** Cut short after {@code roots}; what was not seen may still be there. */
    record Incomplete(long roots, BackendFailure failure) implements ListOutcome {}
}
