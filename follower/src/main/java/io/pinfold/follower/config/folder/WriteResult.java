package io.pinfold.follower.config.folder;

import java.nio.file.Path;

/** Whether a file was written. */
public sealed interface WriteResult {

    /** It is on disk. */
    record Written(Path path) implements WriteResult {}

    /** It is as it was before. */
    record Failed(Path path, String detail) implements WriteResult {}
}
