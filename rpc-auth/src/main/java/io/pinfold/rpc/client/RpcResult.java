package io.pinfold.rpc.client;

import java.util.function.Function;

/** What became of a call: a value, or why there is none. */
public sealed interface RpcResult<T> {

    /** The call came about. */
    record Ok<T>(T value) implements RpcResult<T> {}

    /** It did not. */
    record Failed<T>(RpcFailure failure) implements RpcResult<T> {}

    /** What {@code next} makes of the value, or the same failure. */
    default <R> RpcResult<R> then(Function<? super T, RpcResult<R>> next) {
        return switch (this) {
            case Ok<T>(T value) -> next.apply(value);
            case Failed<T>(RpcFailure failure) -> new Failed<>(failure);
        };
    }
}
