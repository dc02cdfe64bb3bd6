package io.pinfold.cli.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that operators of tests add: a small file in a folder of its own, and one of several blocks. */
final class Films {

    private Films() {}

    /** Makes it in {@code base}. */
    static Path in(Path base) throws IOException {
        Path folder = base.resolve("films");
        Files.createDirectories(folder.resolve("deep"));
        Files.writeString(folder.resolve("deep/note.txt"), "a note");
        Files.writeString(folder.resolve("film.txt"), "scene\n".repeat(500_000));
        return folder;
    }
}
