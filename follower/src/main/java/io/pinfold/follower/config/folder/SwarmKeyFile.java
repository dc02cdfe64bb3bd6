package io.pinfold.follower.config.folder;

import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.pnet.PreSharedKey;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file {@code swarm.key} in a peer's folder: the key of the private network that the peer, and the IPFS node within it, are in.
 * It is the file that Kubo has in its repository.
 */
public record SwarmKeyFile(Path path) {

    /** Of the peer whose folder is {@code folder}. */
    public static SwarmKeyFile in(Path folder) {
        return new SwarmKeyFile(folder.resolve(ConfigFolder.SWARM_KEY));
    }

    /** {@code config}, in the network of the key; the same if there is no such file, and a sentence for people if it cannot be used. */
    public Decoded<HostConfig> within(HostConfig config) {
        return switch (content().flatMap(content -> content.isEmpty()
                ? Decoded.ok(config)
                : PreSharedKey.parse(content.get()).map(config::withPrivateNetwork))) {
            case Decoded.Ok<HostConfig> ok -> ok;
            case Decoded.Refused<HostConfig>(Refusal refusal) -> Decoded.refused(refusal.kind(),
                    path + ", the key of a private network, cannot be used: " + refusal.detail());
        };
    }

    /** What is in the file, which is a key; why it cannot be had otherwise, in words for people. */
    public Decoded<Bytes> copy() {
        return content().flatMap(content -> content.isEmpty()
                ? Decoded.refused(Refusal.Kind.TRUNCATED, "there is no such file")
                : PreSharedKey.parse(content.get()).map(_ -> content.get()));
    }

    private Decoded<Optional<Bytes>> content() {
        try (InputStream in = Files.newInputStream(path)) {
            return Decoded.ok(Optional.of(Bytes.copyOf(in.readNBytes(PreSharedKey.MAX_FILE + 1))));
        } catch (NoSuchFileException _) {
            return Decoded.ok(Optional.empty());
        } catch (IOException e) {
            return Decoded.refused(Refusal.Kind.TRUNCATED, "it cannot be read: " + e.getMessage());
        }
    }
}
