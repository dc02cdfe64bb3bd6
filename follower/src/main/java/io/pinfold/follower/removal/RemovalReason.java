package io.pinfold.follower.removal;

import java.util.Arrays;
import java.util.Optional;

/** Why something that we hold is to be removed; {@link #code} is what stands in the log. */
public enum RemovalReason {

    /** An operation took it out of the pinset. */
    UNPINNED(1),
    /** It stood on a branch of the chain that lost. */
    REORGANISED(2),
    /** It is allocated to other peers now. */
    ALLOCATION(3),
    /** It is held whole, and only its root is wanted. */
    MODE(4),
    /** The disk budget is smaller than what is held. */
    BUDGET(5),
    /** This peer's own configuration does not want it any more. */
    CONFIGURATION(6),
    /** It carries our mark and is not in the pinset; when it left, was not noticed. */
    FOUND(7);

    private final int code;

    RemovalReason(int code) {
        this.code = code;
    }

    /** The number that stands for it in the log; never reused. */
    public int code() {
        return code;
    }

    /** The reason of that number. */
    public static Optional<RemovalReason> of(long code) {
        return Arrays.stream(values()).filter(reason -> reason.code == code).findFirst();
    }
}
