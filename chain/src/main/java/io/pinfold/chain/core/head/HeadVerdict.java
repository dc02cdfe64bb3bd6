package io.pinfold.chain.core.head;

import io.pinfold.chain.core.SignedHead;

/** What the gate says of an announcement, in the terms of gossip. */
public sealed interface HeadVerdict {

    /** The head is new and truly of a trusted key: deliver and forward it. */
    record Accept(SignedHead head) implements HeadVerdict {}

    /** Neither deliver nor forward it; nobody is to blame. */
    record Ignore(Reason reason) implements HeadVerdict {}

    /** Neither deliver nor forward it; who sent it is to blame. */
    record Reject(Reason reason) implements HeadVerdict {}

    /** Why a head is not accepted. */
    enum Reason {
        /** The bytes are no canonical head. */
        MALFORMED,
        /** It is of a version, or has fields, that this program does not know. */
        UNKNOWN_VERSION,
        /** It names another cluster. */
        WRONG_CHAIN,
        /** Its voter was never trusted. */
        NOT_TRUSTED,
        /** Its voter is not trusted as far as we know, but it is of a trust version that we do not know yet. */
        NEWER_TRUST,
        /** Its voter is not trusted any more. */
        NO_LONGER_TRUSTED,
        /** It is not newer than the best of its voter. */
        NOT_NEWER,
        /** It is not newer than the best of its voter, and the neighbour has sent too many of those. */
        FLOOD,
        /** Its time is ahead of the clock. */
        FUTURE,
        /** Its signature does not hold. */
        BAD_SIGNATURE
    }
}
