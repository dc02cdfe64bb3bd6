package io.pinfold.follower.assembly;

import java.nio.file.Path;

/** Where a peer keeps what, in its folder. */
public record PeerFiles(Path folder) {

    /** The chain store. */
    public Path blocks() {
        return folder.resolve("chain");
    }

    /** The intake log. */
    public Path intake() {
        return folder.resolve("intake");
    }

    /** The bases of the state. */
    public Path state() {
        return folder.resolve("state");
    }

    /** The guard log. */
    public Path guard() {
        return folder.resolve("guard.log");
    }

    /** The removal log. */
    public Path removals() {
        return folder.resolve("removals.log");
    }

    /** Proofs of equivocation. */
    public Path evidence() {
        return folder.resolve("evidence");
    }

    /** How far the chain's blocks are pinned in the IPFS node. */
    public Path backup() {
        return folder.resolve("backup");
    }

    /** Blocks, pins and keys of the IPFS node within the peer. */
    public Path ipfs() {
        return folder.resolve("ipfs");
    }

    /** The socket by which the IPFS node within the peer is reached by who owns the folder. */
    public Path ipfsSocket() {
        return folder.resolve("ipfs.sock");
    }

    /** Room for sorting. */
    public Path spill() {
        return folder.resolve("spill");
    }

    /** Addresses of peers met before. */
    public Path peers() {
        return folder.resolve("peers");
    }
}
