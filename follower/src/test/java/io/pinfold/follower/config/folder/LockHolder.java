package io.pinfold.follower.config.folder;

import java.io.IOException;
import java.nio.file.Path;

/** A process that takes a folder's lock, says how that went, and holds it until it is killed. */
final class LockHolder {

    private LockHolder() {}

    /** The folder is the only argument. */
    public static void main(String[] arguments) throws IOException {
        LockResult result = new ConfigFolder(Path.of(arguments[0])).lock();
        System.out.println(result.getClass().getSimpleName());
        int _ = System.in.read();
    }
}
