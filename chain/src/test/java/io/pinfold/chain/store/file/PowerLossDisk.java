package io.pinfold.chain.store.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A disk whose power can fail: of what was not forced, any sectors may be lost, in any order.
 *
 * <p>Deletions and renames are lasting at once, as the journal of a file system keeps their order.
 */
public final class PowerLossDisk implements FileSystemAccess {

    private static final int SECTOR = 512;

    private final Map<Path, byte[]> forced = new HashMap<>();
    private final Set<Path> unnamed = new HashSet<>();

    /** Leaves on the disk what a loss of power might. */
    public void losePower(RandomGenerator random) {
        try {
            for (Map.Entry<Path, byte[]> file : forced.entrySet()) {
                Path path = file.getKey();
                if (unnamed.contains(path) && random.nextBoolean()) {
                    Files.deleteIfExists(path);
                } else if (Files.exists(path)) {
                    Files.write(path, mix(file.getValue(), Files.readAllBytes(path), random));
                }
            }
            forced.clear();
            unnamed.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sectors of {@code before} and {@code after} at random; the size is one of both or between. */
    private static byte[] mix(byte[] before, byte[] after, RandomGenerator random) {
        int shorter = Math.min(before.length, after.length);
        int size = shorter + random.nextInt(Math.max(before.length, after.length) - shorter + 1);
        if (random.nextInt(3) == 0) {
            size = after.length;
        }
        byte[] mixed = Arrays.copyOf(before, size);
        for (int at = 0; at < size; at += SECTOR) {
            int end = Math.min(Math.min(at + SECTOR, size), after.length);
            if (end > at && random.nextBoolean()) {
                System.arraycopy(after, at, mixed, at, end - at);
            }
        }
        return mixed;
    }

    @Override
    public StoreFile open(Path path, boolean create) throws IOException {
        StoreFile file = DISK.open(path, create);
        forced.computeIfAbsent(path, _ -> create ? new byte[0] : read(path));
        if (create) {
            unnamed.add(path);
        }
        return new TrackedFile(path, file);
    }

    @Override
    public void delete(Path path) throws IOException {
        DISK.delete(path);
        forced.remove(path);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        DISK.rename(from, to);
        byte[] content = forced.remove(from);
        if (content != null) {
            forced.put(to, content);
        }
    }

    @Override
    public void forceFolder(Path folder) {
        unnamed.removeIf(path -> folder.equals(path.getParent()));
    }

    @Override
    public long usableSpace(Path folder) {
        return Long.MAX_VALUE;
    }

    private static byte[] read(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class TrackedFile extends ForwardingFile {

        private final Path path;

        TrackedFile(Path path, StoreFile file) {
            super(file);
            this.path = path;
        }

        @Override
        public void force() {
            forced.put(path, PowerLossDisk.read(path));
        }
    }
}
