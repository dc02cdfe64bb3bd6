package io.pinfold.follower.config.folder;

import io.pinfold.multiformats.Bytes;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The folder that holds all files of one peer; readable by its owner only. */
public final class ConfigFolder {

    /** The environment variable that names the folder. */
    public static final String VARIABLE = "PINFOLD_PATH";
    /** The configuration that was set. */
    public static final String SERVICE = "service.json";
    /** The peer's key. */
    public static final String IDENTITY = "identity.json";
    /** The genesis of the cluster that this peer joined, for good. */
    public static final String GENESIS = "genesis.cbor";
    /** The template as it was last accepted. */
    public static final String TEMPLATE = "template.json";
    /** The key of the private network that the peer is in, if it is in one. */
    public static final String SWARM_KEY = "swarm.key";
    /** What is locked while a peer uses the folder. */
    public static final String LOCK = "cluster.lock";

    private final Path path;

    ConfigFolder(Path path) {
        this.path = path;
    }

    /** Where the folder is: what {@code --config} says, else {@code PINFOLD_PATH}, else {@code .pinfold} in the home folder. */
    public static Path locate(Optional<Path> option, Map<String, String> environment, Path home) {
        return option
                .or(() -> Optional.ofNullable(environment.get(VARIABLE)).filter(text -> !text.isBlank()).map(Path::of))
                .orElse(home.resolve(".pinfold"))
                .toAbsolutePath()
                .normalize();
    }

    /** The folder at {@code path}, which must be there and writable. */
    public static FolderResult open(Path path) {
        return FolderOpener.open(path);
    }

    /** The folder at {@code path}, made for its owner only (mode 0700) if it is not there. */
    public static FolderResult create(Path path) {
        return FolderOpener.create(path);
    }

    /** Where the folder is. */
    public Path path() {
        return path;
    }

    /** Where the file or folder {@code name} is. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Keeps other peers from using the folder until the lock is closed. */
    public LockResult lock() {
        return FolderLock.take(resolve(LOCK));
    }

    /** Writes the file {@code name} (mode 0600) durably; a reader sees the old or the new content, never a part. */
    public WriteResult write(String name, Bytes content) {
        return DurableFile.write(resolve(name), content);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
