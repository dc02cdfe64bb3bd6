package io.pinfold.ipfsnode.pins;

/** The disk did not take a change; nothing of it is made. Told to callers as an outcome. */
final class TroubleException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean full;

    TroubleException(String detail, boolean full) {
        super(detail);
        this.full = full;
    }

    /** Whether the disk is full. */
    boolean isFull() {
        return full;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
