package io.pinfold.follower.removal;

import java.util.Arrays;
import java.util.Optional;

/** How a pending removal ended; {@link #code} is what stands in the log. */
public enum Settlement {

    /** Our pin was removed. */
    REMOVED(1),
    /** There was no pin. */
    NOT_HELD(2),
    /** The pin is somebody else's and stays. */
    NOT_OURS(3),
    /** It is wanted again. */
    CANCELLED(4);

    private final int code;

    Settlement(int code) {
        this.code = code;
    }

    /** The number that stands for it in the log; never reused. */
    public int code() {
        return code;
    }

    /** The settlement of that number. */
    public static Optional<Settlement> of(long code) {
        return Arrays.stream(values()).filter(settlement -> settlement.code == code).findFirst();
    }
}
