package io.pinfold.cli.service.ipfs;

/** What {@code cluster-service ipfs} ends with. */
public final class IpfsExit {

    /** All went well. */
    public static final int OK = 0;
    /** The node refused, or something failed that has no code of its own. */
    public static final int FAILED = 1;
    /** Something was typed wrongly. */
    public static final int USAGE = 2;
    /** Blocks are damaged or missing. */
    public static final int DAMAGED = 11;
    /** The command was told to stop before it was done. */
    public static final int STOPPED = 125;

    private IpfsExit() {}
}
