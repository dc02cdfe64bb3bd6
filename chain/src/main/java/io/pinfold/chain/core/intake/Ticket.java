package io.pinfold.chain.core.intake;

import io.pinfold.chain.StoreFailure;
import io.pinfold.chain.core.LogOp;
import java.util.Optional;

/** An operation on its way into a group; the intake's lock guards all of it. */
final class Ticket {

    final LogOp op;
    final int bytes;
    final long timeMillis;
    final Optional<String> key;
    long seq;
    int index;
    boolean durable;
    /** Why it could not be written, once that is so; it then has no place. */
    Optional<StoreFailure> failure = Optional.empty();

    Ticket(LogOp op, int bytes, long timeMillis, Optional<String> key) {
        this.op = op;
        this.bytes = bytes;
        this.timeMillis = timeMillis;
        this.key = key;
    }
}
