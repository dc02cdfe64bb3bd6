package io.pinfold.ipfsnode.unixfs;

/** What an import, a reading or an export came to: a value, or why there is none. */
public sealed interface Outcome<T> {

    /** It came to {@code value}. */
    record Done<T>(T value) implements Outcome<T> {}

    /** It failed. */
    record Failed<T>(UnixFsFailure failure) implements Outcome<T> {}

    /** Steps, each of which may fail. */
    @FunctionalInterface
    interface Attempt<T> {
        /** The value. */
        T run() throws UnixFsException;
    }

    /** What {@code attempt} returns, or the failure that it throws. */
    static <T> Outcome<T> attempt(Attempt<T> attempt) {
        try {
            return new Done<>(attempt.run());
        } catch (UnixFsException e) {
            return new Failed<>(e.failure());
        }
    }

    /** The value, or the failure thrown on to the enclosing {@link #attempt}. */
    default T orFail() throws UnixFsException {
        return switch (this) {
            case Done<T>(T value) -> value;
            case Failed<T>(UnixFsFailure failure) -> throw new UnixFsException(failure);
        };
    }

    /**
     * The value, where a failure would be a bug.
     *
     * @throws IllegalStateException with the failure if there is none
     */
    default T orElseThrow() {
        return switch (this) {
            case Done<T>(T value) -> value;
            case Failed<T>(UnixFsFailure failure) -> throw new IllegalStateException(failure.toString());
        };
    }
}
