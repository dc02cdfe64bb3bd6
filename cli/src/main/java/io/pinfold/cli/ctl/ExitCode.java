package io.pinfold.cli.ctl;

/** What {@code cluster-ctl} ends with. */
final class ExitCode {

    /** All went well. */
    static final int OK = 0;
    /** Bad arguments, or an API that does not answer. */
    static final int LOCAL = 1;
    /** The API answered with an error. */
    static final int REFUSED = 2;
    /** What was waited for did not happen in time. */
    static final int DEADLINE = 62;
    /** The waiting was interrupted. */
    static final int CANCELLED = 125;

    private ExitCode() {}
}
