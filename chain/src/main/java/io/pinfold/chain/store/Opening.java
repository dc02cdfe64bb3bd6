package io.pinfold.chain.store;

import io.pinfold.chain.store.segment.OpenResult;

/** Whether a store could be opened. */
public sealed interface Opening<T> {

    /** It is open; the caller closes it. */
    record Opened<T>(T store) implements Opening<T> {}

    /** It is not; its files are as they were. */
    record Refused<T>(OpenResult.Reason reason, String detail) implements Opening<T> {}

    /**
     * The store.
     *
     * @throws IllegalStateException with the reason if it could not be opened
     */
    default T orElseThrow() {
        return switch (this) {
            case Opened<T>(T store) -> store;
            case Refused<T>(OpenResult.Reason reason, String detail) ->
                throw new IllegalStateException(reason + ": " + detail);
        };
    }
}
