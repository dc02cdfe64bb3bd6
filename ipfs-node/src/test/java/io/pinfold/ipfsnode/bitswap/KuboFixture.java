package io.pinfold.ipfsnode.bitswap;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.testkit.KuboNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Content in a Kubo node, whose files are written below a folder first; and the node's addresses as values. */
public record KuboFixture(KuboNode kubo, Path folder) {

    private static final int PIECE = 1 << 20;

    /** Where it listens on TCP. */
    public List<Multiaddr> addresses() {
        return kubo.swarmAddresses()
                .stream()
                .map(text -> Multiaddr.parse(text).orElseThrow())
                .filter(address -> address.withoutPeer().isPlainTcp())
                .toList();
    }

    /** Its id. */
    public PeerId id() {
        return PeerId.parse(kubo.peerId()).orElseThrow();
    }

    /** Adds a file of {@code size} bytes of seed {@code seed}, in chunks of {@code chunk} bytes. */
    public Cid addFile(long seed, int size, int chunk) {
        Path file = folder.resolve("file-" + seed);
        Random random = new Random(seed);
        byte[] piece = new byte[Math.min(size, PIECE)];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int left = size; left > 0; left -= piece.length) {
                random.nextBytes(piece);
                out.write(piece, 0, Math.min(left, piece.length));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return add("--chunker=size-" + chunk, file.toString());
    }

    /** Adds a folder of {@code count} files of {@code size} bytes each. */
    public Cid addTree(long seed, int count, int size) {
        return add("-r", writeFiles(seed, count, size).toString());
    }

    /** Adds a folder of {@code count} files so that it is sharded. */
    public Cid addShards(long seed, int count) {
        kubo.cli("config", "--json", "Import.UnixFSHAMTDirectorySizeThreshold", "\"1KiB\"");
        return add("-r", writeFiles(seed, count, 10).toString());
    }

    /** Adds {@code count} files of {@code size} bytes, each for itself. */
    public List<Cid> addRoots(long seed, int count, int size) {
        Path files = writeFiles(seed, count, size);
        List<Cid> roots = new ArrayList<>();
        for (String line : kubo.cli("add", "-r", "-q", "--cid-version=1", files.toString()).split("\n", -1)) {
            roots.add(Cid.parse(line.strip()).orElseThrow());
        }
        return List.copyOf(roots.subList(0, count));
    }

    private Path writeFiles(long seed, int count, int size) {
        Path files = folder.resolve("files-" + seed);
        try {
            Files.createDirectories(files);
            Random random = new Random(seed);
            byte[] data = new byte[size];
            for (int i = 0; i < count; i++) {
                random.nextBytes(data);
                Files.write(files.resolve("file-" + i), data);
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Cid add(String... arguments) {
        List<String> command = new ArrayList<>(List.of("add", "-Q", "--cid-version=1"));
        command.addAll(List.of(arguments));
        return Cid.parse(kubo.cli(command.toArray(String[]::new)).strip()).orElseThrow();
    }
}
