package io.pinfold.chain.core.machine;

/** Whether this peer signs blocks and heads, and what it waits for if it does not. */
public enum Signing {
    /** Its key is not among the publishers: it never signs. */
    NOT_A_PUBLISHER,
    /** The chain store is being repaired. */
    REPAIRING,
    /**
     * No peer has answered since the start, so that numbers may have been used that it does not know of; or, for a few
     * seconds, its clock has not been compared with other publishers'.
     */
    WAITING_FOR_A_PEER,
    /** It fetches blocks that others know. */
    SYNCING,
    /** Its clock is too far from the others'. */
    CLOCK_WRONG,
    /** The disk is full or fails. */
    DISK_TROUBLE,
    /** It signs. */
    READY
}
