package io.pinfold.follower.config.folder;

import java.nio.file.Path;
import java.util.OptionalLong;

/** Whether a folder's lock was had. */
public sealed interface LockResult {

    /** It was; whoever took it closes it. */
    record Locked(FolderLock lock) implements LockResult {}

    /** Another process has it, whose number is known if it could write it. */
    record InUse(Path lockFile, OptionalLong process) implements LockResult {}

    /** The lock's file cannot be made. */
    record NotWritable(Path lockFile, String detail) implements LockResult {}
}
