package io.pinfold.ipfsnode.unixfs;

import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;

/** Carries a {@link UnixFsFailure} up to an {@link Outcome#attempt}; it has no stack trace. */
public final class UnixFsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient UnixFsFailure failure;

    /** Carries {@code failure}. */
    public UnixFsException(UnixFsFailure failure) {
        super(failure.toString(), null, false, false);
        this.failure = failure;
    }

    /** Carries a failure for {@code problem}. */
    public UnixFsException(Problem problem, String detail) {
        this(new UnixFsFailure(problem, detail));
    }

    /** The failure it carries. */
    public UnixFsFailure failure() {
        return failure;
    }
}
