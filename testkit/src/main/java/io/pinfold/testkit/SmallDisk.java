package io.pinfold.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a folder of a process on a small tmpfs in a mount namespace of that process's own, so that a disk can be full.
 *
 * <p>The disk begins with what the folder held at the first start, and is gone with the process. Needs Linux, and root or user
 * namespaces.
 */
public final class SmallDisk {

    private static final int CHUNK = 1 << 10;

    /** Copies the folder aside, mounts, copies back; {@code $1} is the size, {@code $2} the folder, the rest the command. */
    private static final String SCRIPT = """
            set -e
            size="$1"; folder="$2"; shift 2
            keep="$folder-before"
            [ -d "$keep" ] || cp -a "$folder" "$keep"
            mount -t tmpfs -o "size=$size" none "$folder"
            cp -a "$keep/." "$folder/"
            exec "$@"
            """;

    private SmallDisk() {}

    /** What is put before a command, so that it runs with {@code folder} on a disk of so many kilobytes. */
    public static List<String> under(Path folder, int kilobytes) {
        List<String> command = new ArrayList<>(MountNamespace.command());
        command.addAll(List.of("sh", "-c", SCRIPT, "small-disk", kilobytes + "k", folder.toString()));
        return command;
    }

    /** Fills the disk that {@code process} has at {@code folder} until at most {@code kilobytes} are left; the ballast. */
    public static Path fill(ChildProcess process, Path folder, int kilobytes) {
        Path seen = Path.of("/proc", Long.toString(process.pid()), "root").resolve(Path.of("/").relativize(folder));
        Path ballast = seen.resolve("ballast");
        try {
            long room = Files.getFileStore(seen).getUsableSpace() / CHUNK;
            return Files.write(ballast, new byte[Math.toIntExact(Math.max(0, room - kilobytes)) * CHUNK]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
