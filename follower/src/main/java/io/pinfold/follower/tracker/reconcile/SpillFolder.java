package io.pinfold.follower.tracker.reconcile;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files in a folder of the reconciler's own; what an earlier run left there is removed at first use. */
final class SpillFolder implements Spill {

    private final Path folder;
    private final String name;

    /** Files called {@code name} and a number in {@code folder}, which is made if it is missing. */
    SpillFolder(Path folder, String name) throws IOException {
        this.folder = folder;
        this.name = name;
        Files.createDirectories(folder);
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, name + "-*.spill")) {
            for (Path path : old) {
                Files.delete(path);
            }
        }
    }

    @Override
    public OutputStream create(int number) throws IOException {
        return Files.newOutputStream(path(number));
    }

    @Override
    public InputStream open(int number) throws IOException {
        return Files.newInputStream(path(number));
    }

    @Override
    public void delete(int number) throws IOException {
        Files.deleteIfExists(path(number));
    }

    private Path path(int number) {
        return folder.resolve(name + "-" + number + ".spill");
    }
}
