package io.pinfold.multiformats;

/**
 * Carries a {@link Refusal} through the frames of one parser, up to its {@link Decoded#attempt}.
 *
 * <p>It has no stack trace and never leaves a public {@code decode} or {@code parse}.
 */
public final class RefusalException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /** Carries {@code refusal}. */
    public RefusalException(Refusal refusal) {
        super(refusal.toString(), null, false, false);
        this.refusal = refusal;
    }

    /** Carries a refusal of {@code kind} for the reason {@code detail}. */
    public RefusalException(Refusal.Kind kind, String detail) {
        this(new Refusal(kind, detail));
    }

    /** The refusal it carries. */
    public Refusal refusal() {
        return refusal;
    }
}
