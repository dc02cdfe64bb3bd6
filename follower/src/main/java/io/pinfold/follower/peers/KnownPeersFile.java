package io.pinfold.follower.peers;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses of peers met before, one multiaddr with {@code /p2p/} a line, so that a restart finds its way back.
 *
 * <p>A file that exists says that a peer was met once, also when it is empty. Lines that are no addresses are passed over.
 * A file that cannot be read or written is only logged: it holds nothing that is not learned anew.
 */
public final class KnownPeersFile {

    /** Most peers in the file. */
    public static final int MAX_PEERS = 1_000;
    /** Most addresses of one peer. */
    public static final int MAX_ADDRESSES = 8;

    private static final Logger log = LoggerFactory.getLogger(KnownPeersFile.class);
    private static final long MAX_BYTES = 8L << 20;

    private final Path file;

    /** The file at {@code file}. */
    public KnownPeersFile(Path file) {
        this.file = file;
    }

    /** Whether a peer was ever met. */
    public boolean exists() {
        return Files.exists(file);
    }

    /** The addresses by peer. */
    public Map<PeerId, List<Multiaddr>> read() {
        Map<PeerId, List<Multiaddr>> peers = new TreeMap<>();
        try {
            if (!Files.exists(file) || Files.size(file) > MAX_BYTES) {
                return peers;
            }
            for (String line : Files.readString(file).lines().toList()) {
                if (Multiaddr.parse(line.strip()) instanceof Decoded.Ok<Multiaddr>(Multiaddr address)) {
                    address.peerId().ifPresent(peer -> add(peers, peer, address));
                }
            }
        } catch (IOException e) {
            log.warn("cannot read {}: {}", file, e.toString());
        }
        return peers;
    }

    /** Replaces the file's content, in one step. */
    public void write(Map<PeerId, ? extends Collection<Multiaddr>> peers) {
        var text = new StringBuilder();
        peers.entrySet()
                .stream()
                .limit(MAX_PEERS)
                .forEach(entry -> entry.getValue()
                        .stream()
                        .limit(MAX_ADDRESSES)
                        .forEach(address -> text.append(address.withoutPeer().withPeer(entry.getKey())).append('\n')));
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, text, StandardCharsets.UTF_8);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log.warn("cannot write {}: {}", file, e.toString());
        }
    }

    private static void add(Map<PeerId, List<Multiaddr>> peers, PeerId peer, Multiaddr address) {
        if (peers.size() < MAX_PEERS || peers.containsKey(peer)) {
            List<Multiaddr> addresses = peers.computeIfAbsent(peer, _ -> new ArrayList<>());
            if (addresses.size() < MAX_ADDRESSES) {
                addresses.add(address);
            }
        }
    }
}
