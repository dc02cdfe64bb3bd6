package io.pinfold.chain;

import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;

/** Thrown by a store that could not do what it was asked; {@link #failure} says why, and whether asking again may help. */
public final class StoreException extends UncheckedIOException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient StoreFailure failure;

    /** The exception that tells {@code failure}. */
    public StoreException(StoreFailure failure) {
        super(new IOException(failure.toString()));
        this.failure = failure;
    }

    /** Why. */
    public StoreFailure failure() {
        return failure;
    }
}
