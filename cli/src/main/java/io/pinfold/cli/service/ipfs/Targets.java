package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.console.Complaint;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Where a command may write. */
final class Targets {

    private Targets() {}

    /** The path {@code text}, at which nothing is, or with {@code force} a file or symbolic link, in a folder that is there. */
    static Path check(Path text, boolean force) throws Complaint {
        Path target = text.toAbsolutePath().normalize();
        Path folder = target.getParent();
        if (folder == null || Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw usage(
                    text + " is a folder, and what is in it stays as it is; name what is to be made, as in --output "
                            + text.resolve("NAME"));
        }
        if (!force && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw usage(text + " is there already; --force replaces it, or name another --output");
        }
        if (!Files.isDirectory(folder)) {
            throw usage("there is no folder " + folder + " to write into");
        }
        return target;
    }

    private static Complaint usage(String sentence) {
        return new Complaint("error: " + sentence, IpfsExit.USAGE);
    }
}
