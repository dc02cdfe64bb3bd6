package io.pinfold.cli.service;

import io.pinfold.cli.service.ipfs.IpfsExit;

/** What {@code cluster-service} and {@code cluster-follow} end with. */
public final class ServiceExit {

    /** All went well; also a peer that was told to stop. */
    public static final int OK = 0;
    /** Something failed that has no code of its own. */
    public static final int FAILED = 1;
    /** Something was typed wrongly. */
    public static final int USAGE = 2;
    /** The configuration, the identity or another file of the folder cannot be used. */
    public static final int CONFIGURATION = 3;
    /** Another process uses the folder. */
    public static final int FOLDER_IN_USE = 4;
    /** The folder is not there, or cannot be written to. */
    public static final int FOLDER_UNUSABLE = 5;
    /** An address to listen at cannot be had: most often, its port is in use. */
    public static final int PORT_IN_USE = 6;
    /** The template is of another cluster than the folder, or than {@code --expect-cluster} says. */
    public static final int OTHER_CLUSTER = 7;
    /** The template could not be fetched or read, or not be published. */
    public static final int TEMPLATE = 8;

    /** The state is not what the chain says, or the chain itself has a flaw. */
    public static final int STATE_DIFFERS = 9;
    /** This peer's key is not among those that the cluster trusts. */
    public static final int NOT_TRUSTED = 10;
    /** Blocks of the IPFS node are damaged or missing. */
    public static final int BLOCKS_DAMAGED = IpfsExit.DAMAGED;
    /** The command was told to stop before it was done. */
    public static final int STOPPED = IpfsExit.STOPPED;

    private ServiceExit() {}
}
