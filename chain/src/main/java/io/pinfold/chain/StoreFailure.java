package io.pinfold.chain;

/**
 * Why a store could not do what it was asked: it is as it was before, and may be asked again.
 *
 * @param detail a sentence for people
 */
public record StoreFailure(Kind kind, String detail) {

    /** What stood in the way. */
    public enum Kind {
        /** The disk has less room than was needed. */
        DISK_FULL,
        /** The operating system reported an error. */
        IO_ERROR,
        /** The store is closed. */
        CLOSED
    }

    @Override
    public String toString() {
        return kind + ": " + detail;
    }
}
