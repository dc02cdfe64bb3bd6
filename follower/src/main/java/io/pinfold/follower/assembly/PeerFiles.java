package io.pinfold.follower.assembly;

import java.nio.file.Path;

/** Where a peer keeps what, in its folder. */
record PeerFiles(Path folder) {

    Path blocks() {
        return folder.resolve("chain");
    }

    Path intake() {
        return folder.resolve("intake");
    }

    Path state() {
        return folder.resolve("state");
    }

    Path guard() {
        return folder.resolve("guard.log");
    }

    Path removals() {
        return folder.resolve("removals.log");
    }

    Path evidence() {
        return folder.resolve("evidence");
    }

    Path spill() {
        return folder.resolve("spill");
    }

    Path peers() {
        return folder.resolve("peers");
    }
}
