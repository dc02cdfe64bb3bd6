package io.pinfold.ipfs;

import java.util.function.Function;

/** A value that a node was asked for, or why there is none. */
public sealed interface Answer<T> {

    /** The value. */
    record Got<T>(T value) implements Answer<T> {}

    /** No value. */
    record Failed<T>(BackendFailure failure) implements Answer<T> {}

    /** The value changed by {@code function}, or the same failure. */
    default <R> Answer<R> map(Function<? super T, ? extends R> function) {
        return switch (this) {
            case Got<T>(T value) -> new Got<>(function.apply(value));
            case Failed<T>(BackendFailure failure) -> new Failed<>(failure);
        };
    }
}
