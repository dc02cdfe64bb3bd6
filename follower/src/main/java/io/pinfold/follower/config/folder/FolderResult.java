package io.pinfold.follower.config.folder;

import java.nio.file.Path;

/** Whether a folder can be used. */
public sealed interface FolderResult {

    /** It can. */
    record Opened(ConfigFolder folder) implements FolderResult {}

    /** It is not there. */
    record Missing(Path path) implements FolderResult {}

    /** Something else than a folder is there, or on the way. */
    record NotAFolder(Path path) implements FolderResult {}

    /** It cannot be made or written to. */
    record NotWritable(Path path, String detail) implements FolderResult {}
}
