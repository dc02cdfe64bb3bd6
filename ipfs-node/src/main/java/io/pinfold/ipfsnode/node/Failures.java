package io.pinfold.ipfsnode.node;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfsnode.Blockstore.Put;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure;
import io.pinfold.multiformats.Cid;

/** Says in the port's words why something failed. */
final class Failures {

    private Failures() {}

    static BackendFailure cancelled() {
        return new BackendFailure(Kind.CANCELLED, "the call was called off");
    }

    static BackendFailure disk(String detail, boolean full) {
        return full
                ? new BackendFailure(Kind.FULL, "the disk is full: " + detail)
                : new BackendFailure(Kind.REFUSED, "the disk failed: " + detail);
    }

    static BackendFailure overBudget(long bytes, long used, long max) {
        return new BackendFailure(Kind.FULL,
                "over_budget: " + bytes + " bytes more do not fit into ipfs.max_storage, of which "
                        + used + " of " + max + " bytes are used");
    }

    static BackendFailure missing(Cid cid, boolean offline) {
        return offline
                ? new BackendFailure(Kind.NOT_FOUND, cid + " is not here")
                : new BackendFailure(Kind.TIMEOUT, cid + " did not come in time from any peer");
    }

    static BackendFailure of(UnixFsFailure failure) {
        Kind kind = switch (failure.problem()) {
            case MISSING -> Kind.TIMEOUT;
            case NOT_FOUND, NOT_A_FILE, NOT_A_FOLDER -> Kind.NOT_FOUND;
            case STORE_FULL -> Kind.FULL;
            case TOO_LARGE, TOO_MANY, TOO_DEEP, MALFORMED, WRONG_SIZE, DAMAGED, BAD_NAME -> Kind.BROKEN_ANSWER;
            case UNREADABLE, UNWRITABLE, STORE_FAILED -> Kind.REFUSED;
        };
        return new BackendFailure(kind, kind == Kind.NOT_FOUND ? failure.detail() : failure.toString());
    }

    /** The failure of a put; none if it succeeded. */
    static <T> Answer<T> answer(Put put, T value) {
        return switch (put) {
            case Put.Stored _ -> new Answer.Got<>(value);
            case Put.Full(String detail) -> new Answer.Failed<>(disk(detail, true));
            case Put.Failed(String detail) -> new Answer.Failed<>(disk(detail, false));
        };
    }
}
