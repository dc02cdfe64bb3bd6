package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;

/** What came of one request. */
sealed interface RpcResult<T> {

    /** The whole answer arrived. */
    record Ok<T>(T value) implements RpcResult<T> {}

    /** The daemon said that it failed, at once or at the end of its answer. */
    record Refused<T>(KuboError error) implements RpcResult<T> {}

    /** The daemon did not answer, or not wholly. */
    record Failed<T>(BackendFailure failure) implements RpcResult<T> {}

    /** The same for callers to whom it is all one who says that it failed. */
    default Answer<T> toAnswer() {
        return switch (this) {
            case Ok<T>(T value) -> new Answer.Got<>(value);
            case Refused<T>(KuboError error) -> new Answer.Failed<>(error.toFailure());
            case Failed<T>(BackendFailure failure) -> new Answer.Failed<>(failure);
        };
    }
}
