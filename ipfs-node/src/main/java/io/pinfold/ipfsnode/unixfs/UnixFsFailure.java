package io.pinfold.ipfsnode.unixfs;

/**
 * Why files were not imported, read or exported.
 *
 * @param detail which block, name or file, and what was wrong with it, for people
 */
public record UnixFsFailure(Problem problem, String detail) {

    /** What was wrong. */
    public enum Problem {
        /** A block is not to be had. */
        MISSING,
        /** A block that was here is damaged. */
        DAMAGED,
        /** A block is not in its codec, or is no UnixFS. */
        MALFORMED,
        /** A size that a node claims is not what is there. */
        WRONG_SIZE,
        /** There is no such name in a folder. */
        NOT_FOUND,
        /** A file is needed and there is something else. */
        NOT_A_FILE,
        /** A folder is needed and there is something else. */
        NOT_A_FOLDER,
        /** Nodes or folders are within one another deeper than allowed. */
        TOO_DEEP,
        /** There are more entries, links or blocks than allowed. */
        TOO_MANY,
        /** There are more bytes than allowed. */
        TOO_LARGE,
        /** A name cannot be that of a file. */
        BAD_NAME,
        /** A file or folder of this machine cannot be read. */
        UNREADABLE,
        /** A file or folder of this machine cannot be written. */
        UNWRITABLE,
        /** The store of blocks is full. */
        STORE_FULL,
        /** The store of blocks failed. */
        STORE_FAILED
    }

    @Override
    public String toString() {
        return problem + ": " + detail;
    }
}
