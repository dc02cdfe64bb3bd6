package io.pinfold.testkit;

import java.util.ArrayList;
import java.util.List;

/** Puts the blocks of a Kubo repository on a small tmpfs in a mount namespace of the daemon's own, so that a disk can be full. */
final class SmallDisk {

    /** Copies the empty block folder aside, mounts, copies back; `$1` is the size, the rest the command. */
    private static final String SCRIPT = """
            set -e
            size="$1"; shift
            keep="$IPFS_PATH/blocks-before"
            [ -d "$keep" ] || cp -a "$IPFS_PATH/blocks" "$keep"
            mount -t tmpfs -o "size=$size" none "$IPFS_PATH/blocks"
            cp -a "$keep/." "$IPFS_PATH/blocks/"
            exec "$@"
            """;

    private SmallDisk() {}

    /** What is put before the daemon's command. */
    static List<String> wrapper(int megabytes) {
        List<String> command = new ArrayList<>(List.of("unshare", "--mount"));
        if (!System.getProperty("user.name").equals("root")) {
            command.add("--map-root-user");
        }
        command.addAll(List.of("sh", "-c", SCRIPT, "small-disk", megabytes + "m"));
        return command;
    }
}
