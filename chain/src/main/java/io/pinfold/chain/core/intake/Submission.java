package io.pinfold.chain.core.intake;

import io.pinfold.chain.core.OperationId;

/** The answer to an operation that a client wants in the chain. */
public sealed interface Submission {

    /**
     * The operation is durable here and will be in the chain.
     *
     * <p>The name is final unless this peer dies before the block is made; it may then get another.
     *
     * @param again whether an earlier request with the same idempotency key was accepted, and this one changed nothing
     */
    record Accepted(OperationId id, boolean again) implements Submission {}

    /** The operation was not taken; {@code detail} is a sentence for people. */
    record Refused(Reason reason, String detail) implements Submission {}

    /** Why an operation was not taken. */
    enum Reason {
        /** Too many operations wait for a block; to be tried again. */
        BUSY,
        /** It is larger than a block may be. */
        TOO_LARGE,
        /** Operations of its kind are not active in this cluster. */
        NOT_ACTIVE,
        /** This peer's key is not among the publishers. */
        NOT_A_PUBLISHER,
        /** The disk is full or fails; to be tried again. */
        DISK,
        /** This peer is closing. */
        CLOSED
    }
}
