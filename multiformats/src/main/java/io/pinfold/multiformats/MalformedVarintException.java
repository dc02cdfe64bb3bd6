package io.pinfold.multiformats;

import java.io.IOException;

/** A stream holds a varint that is not minimal, has more than 9 bytes, or exceeds the reader's bound. */
public final class MalformedVarintException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /** Thrown for {@code refusal}. */
    public MalformedVarintException(Refusal refusal) {
        super(refusal.toString());
        this.refusal = refusal;
    }

    /** What is wrong: {@code NOT_CANONICAL}, {@code OVERFLOW} or {@code TOO_LONG}. */
    public Refusal refusal() {
        return refusal;
    }
}
