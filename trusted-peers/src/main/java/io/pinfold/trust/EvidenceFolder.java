package io.pinfold.trust;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that keeps evidence of equivocation, one pair per key, in files named after the key.
 *
 * <p>May be used by any thread. The number of files is bounded by that of the keys that
 * were ever trusted, since only checked evidence comes here.
 */
public final class EvidenceFolder {

    private static final Logger LOG = LoggerFactory.getLogger(EvidenceFolder.class);
    private static final String SUFFIX = ".evidence";

    private final Path folder;
    private final Map<PeerId, Equivocation> byAuthor = new ConcurrentHashMap<>();

    /**
     * Opens {@code folder}, which is created if it is not there. A file that holds no evidence is passed over.
     *
     * @throws UncheckedIOException if the folder cannot be read
     */
    public EvidenceFolder(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(SUFFIX)).forEach(this::load);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The evidence, one pair per key. */
    public List<Equivocation> all() {
        return new ArrayList<>(byAuthor.values());
    }

    /** Keeps {@code evidence}, checked before, durably; false if there is a pair of that key already. */
    public boolean add(Equivocation evidence) {
        if (byAuthor.putIfAbsent(evidence.author(), evidence) != null) {
            return false;
        }
        Path file = folder.resolve(evidence.author() + SUFFIX);
        Path temporary = folder.resolve(evidence.author() + ".new");
        try {
            Files.deleteIfExists(temporary);
            try (FileChannel channel = PrivateFiles.open(temporary)) {
                RecordFile.writeFully(channel, evidence.toBytes().toBuffer());
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            PrivateFiles.forceFolderOf(file);
        } catch (IOException e) {
            byAuthor.remove(evidence.author());
            throw new UncheckedIOException(e);
        }
        return true;
    }

    private void load(Path file) {
        try {
            if (Files.size(file) <= 3L * Equivocation.MAX_BLOCK
                    && Equivocation.decode(Bytes.copyOf(
                            Files.readAllBytes(file))) instanceof Decoded.Ok<Equivocation>(Equivocation evidence)) {
                byAuthor.put(evidence.author(), evidence);
                return;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LOG.warn("{} holds no evidence and is passed over", file);
    }
}
