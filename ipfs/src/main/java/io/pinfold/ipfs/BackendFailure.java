package io.pinfold.ipfs;

/** Why a backend did not do what it was asked; {@code detail} is for people. */
public record BackendFailure(Kind kind, String detail) {

    /** What sort of failure, and so what may help. */
    public enum Kind {
        /** Nobody answers: the daemon is away, or calls are held back after many failures. */
        UNREACHABLE,
        /** It answered that it failed. */
        REFUSED,
        /** No new block within the stall time. */
        STALLED,
        /** No answer in time. */
        TIMEOUT,
        /** The answer was cut off, or is not what the interface promises. */
        BROKEN_ANSWER,
        /** The content cannot be had: nobody provides it, or it does not exist. */
        NOT_FOUND,
        /** The backend's disk or budget is full. */
        FULL,
        /** Not allowed: missing or wrong credentials. */
        UNAUTHORIZED,
        /** The calling thread was interrupted. */
        CANCELLED
    }
}
