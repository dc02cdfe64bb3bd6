package io.pinfold.ipfsnode.store.database;

/** A row could not be read. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final boolean damaged;

    DatabaseException(String what, boolean damaged, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
        this.damaged = damaged;
    }

    /** Whether the file is not as it was written, rather than out of reach. */
    public boolean isDamaged() {
        return damaged;
    }
}
