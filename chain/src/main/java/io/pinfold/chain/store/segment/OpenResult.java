package io.pinfold.chain.store.segment;

/** Whether a log could be opened. */
public sealed interface OpenResult {

    /** It is open; the caller closes it. */
    record Opened(SegmentLog log, OpenReport report) implements OpenResult {}

    /** It is not, and no file was changed. */
    record Refused(Reason reason, String detail) implements OpenResult {}

    /** Why a log is not opened. */
    enum Reason {
        /** Another store, of this process or another, has the folder. */
        IN_USE,
        /** The folder holds another kind of records. */
        WRONG_TAG,
        /** The files are of a format version that this program does not know. */
        NEWER_VERSION,
        /** The operating system reported an error. */
        IO_ERROR
    }
}
