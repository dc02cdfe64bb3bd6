package io.pinfold.cli.service;

import io.pinfold.chain.core.Genesis;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.codec.GenesisCodec;
import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import io.pinfold.follower.config.folder.ConfigFolder;
import io.pinfold.follower.config.folder.FolderLock;
import io.pinfold.follower.config.folder.FolderResult;
import io.pinfold.follower.config.folder.LockResult;
import io.pinfold.follower.config.folder.SwarmKeyFile;
import io.pinfold.follower.config.folder.WriteResult;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.templates.Template;
import io.pinfold.templates.json.TemplateJson;
import io.pinfold.trust.Identity;
import io.pinfold.trust.IdentityFile;
import io.pinfold.trust.IdentityReading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** A peer's folder and the files that commands read and write; whatever cannot be used is a complaint. */
public final class PeerFolder {

    private final Path path;

    private PeerFolder(Path path) {
        this.path = path;
    }

    /** The folder that {@code option} names, else the environment, else the one in the home folder. */
    static PeerFolder locate(Optional<Path> option, Console console) {
        return new PeerFolder(ConfigFolder.locate(option, console.environment(), console.home()));
    }

    /** The folder at {@code path}. */
    public static PeerFolder at(Path path) {
        return new PeerFolder(path.toAbsolutePath().normalize());
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Whether it was made wholly: it has a genesis. */
    public boolean isMade() {
        return Files.exists(path.resolve(ConfigFolder.GENESIS));
    }

    /** Where the key of the private network is that the peer is in, if it is in one. */
    SwarmKeyFile swarmKey() {
        return SwarmKeyFile.in(path);
    }

    /** The folder, which must be there. */
    ConfigFolder open() throws Complaint {
        return usable(ConfigFolder.open(path));
    }

    /** Complains if a file stands where the folder is or is to be. */
    void requireRoom() throws Complaint {
        for (Path at = path; at != null; at = at.getParent()) {
            if (Files.exists(at)) {
                if (!Files.isDirectory(at)) {
                    usable(new FolderResult.NotAFolder(at));
                }
                return;
            }
        }
    }

    /** The folder, made if it is not there. */
    ConfigFolder create() throws Complaint {
        return usable(ConfigFolder.create(path));
    }

    private static ConfigFolder usable(FolderResult result) throws Complaint {
        return switch (result) {
            case FolderResult.Opened(ConfigFolder folder) -> folder;
            case FolderResult.Missing(Path missing) -> throw new Complaint("error: there is no folder " + missing
                    + "; cluster-service init makes one", ServiceExit.FOLDER_UNUSABLE);
            case FolderResult.NotAFolder(Path other) ->
                throw new Complaint("error: " + other + " is not a folder", ServiceExit.FOLDER_UNUSABLE);
            case FolderResult.NotWritable(Path closed, String detail) ->
                throw new Complaint("error: the folder " + closed
                        + " cannot be written to: " + detail, ServiceExit.FOLDER_UNUSABLE);
        };
    }

    /** Keeps other processes from the folder. */
    static FolderLock lock(ConfigFolder folder) throws Complaint {
        return switch (folder.lock()) {
            case LockResult.Locked(FolderLock lock) -> lock;
            case LockResult.InUse(Path _, OptionalLong process) -> throw new Complaint("error: the folder "
                    + folder + " is in use by another cluster-service"
                    + (process.isPresent() ? ", process " + process.getAsLong() : ""), ServiceExit.FOLDER_IN_USE);
            case LockResult.NotWritable(Path _, String detail) -> throw new Complaint("error: the folder " + folder
                    + " cannot be written to: " + detail, ServiceExit.FOLDER_UNUSABLE);
        };
    }

    /** Writes a file of the folder. */
    static void write(ConfigFolder folder, String name, Bytes content) throws Complaint {
        if (folder.write(name, content) instanceof WriteResult.Failed(Path file, String detail)) {
            throw new Complaint("error: " + file + " cannot be written: " + detail, ServiceExit.FOLDER_UNUSABLE);
        }
    }

    /** The peer's identity, if there is one. */
    Optional<Identity> identity() throws Complaint {
        Path file = path.resolve(ConfigFolder.IDENTITY);
        try {
            return switch (new IdentityFile(file).read()) {
                case IdentityReading.Loaded(Identity identity) -> Optional.of(identity);
                case IdentityReading.Missing _ -> Optional.empty();
                case IdentityReading.Refused(String reason) ->
                    throw new Complaint("error: " + reason, ServiceExit.CONFIGURATION);
            };
        } catch (IOException e) {
            throw new Complaint("error: " + file + " cannot be read: " + e.getMessage(), ServiceExit.CONFIGURATION);
        }
    }

    /** The cluster that the folder is bound to, if it is. */
    Optional<Genesis> genesis() throws Complaint {
        return decoded(ConfigFolder.GENESIS, Limits.GENESIS_BYTES, GenesisCodec::decode);
    }

    /** The template as it was last accepted, if there was one. */
    Optional<Template> template() throws Complaint {
        return decoded(ConfigFolder.TEMPLATE, TemplateJson.MAX_BYTES, TemplateJson::read);
    }

    /** The same as {@link #identity}, which must be there. */
    Identity requireIdentity() throws Complaint {
        return identity().orElseThrow(() -> notMade(ConfigFolder.IDENTITY));
    }

    /** The same as {@link #genesis}, which must be there. */
    Genesis requireGenesis() throws Complaint {
        return genesis().orElseThrow(() -> notMade(ConfigFolder.GENESIS));
    }

    private Complaint notMade(String name) {
        return new Complaint("error: there is no " + path.resolve(name) + "; cluster-service init makes it",
                ServiceExit.CONFIGURATION);
    }

    private interface Decoder<T> {
        Decoded<T> decode(Bytes bytes);
    }

    private <T> Optional<T> decoded(String name, int maxBytes, Decoder<T> decoder) throws Complaint {
        Path file = path.resolve(name);
        try (InputStream in = Files.newInputStream(file)) {
            return switch (decoder.decode(Bytes.copyOf(in.readNBytes(maxBytes + 1)))) {
                case Decoded.Ok<T>(T value) -> Optional.of(value);
                case Decoded.Refused<T>(Refusal refusal) -> throw new Complaint("error: " + file + " cannot be used: "
                        + refusal.detail(), ServiceExit.CONFIGURATION);
            };
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new Complaint("error: " + file + " cannot be read: " + e.getMessage(), ServiceExit.CONFIGURATION);
        }
    }
}
