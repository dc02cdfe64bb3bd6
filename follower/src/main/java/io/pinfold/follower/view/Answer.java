package io.pinfold.follower.view;

import java.util.function.Function;

/** What a call to a peer came to: a value, or an expected failure. */
public sealed interface Answer<T> {

    /** The call did what it was asked. */
    record Done<T>(T value) implements Answer<T> {}

    /** The call did not, for a reason the caller can understand. */
    record Failed<T>(Failure failure) implements Answer<T> {

        /** The same failure, where another value was expected. */
        @SuppressWarnings("unchecked") // holds no value
        public <R> Answer<R> as() {
            return (Answer<R>) this;
        }
    }

    /** A value. */
    static <T> Answer<T> done(T value) {
        return new Done<>(value);
    }

    /** A failure. */
    static <T> Answer<T> failed(Failure failure) {
        return new Failed<>(failure);
    }

    /** This answer with its value, if any, put through {@code change}. */
    default <R> Answer<R> map(Function<? super T, ? extends R> change) {
        return switch (this) {
            case Done<T>(T value) -> done(change.apply(value));
            case Failed<T> failed -> failed.as();
        };
    }
}
