package io.pinfold.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that live as long as a fixture. */
public final class TempFolder {

    private static final long PLENTY = 4L << 30;

    private TempFolder() {}

    /** In memory where there is plenty of it ({@code /dev/shm}): a node writes to disk at each pin. */
    public static Path create(String prefix) {
        try {
            Path memory = Path.of("/dev/shm");
            boolean plenty = Files.isWritable(memory) && Files.getFileStore(memory).getUsableSpace() >= PLENTY;
            return plenty ? Files.createTempDirectory(memory, prefix) : Files.createTempDirectory(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes {@code folder} with all that is in it. */
    public static void delete(Path folder) {
        try {
            List<Path> inside;
            try (Stream<Path> walk = Files.walk(folder)) {
                inside = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : inside) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            // gone already
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
