package io.pinfold.cli.service;

import io.pinfold.cli.console.Complaint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where the pins of an import are read from, more than once: a file, or standard input, which is copied into the peer's folder for as long as
 * this is open.
 *
 * @param path what is read
 * @param name how people call it
 * @param isCopy whether {@code path} goes away when this is closed
 */
record ImportSource(Path path, String name, boolean isCopy) implements AutoCloseable {

    /** How standard input is called on the command line, apart from leaving the file out. */
    static final Path STANDARD_INPUT = Path.of("-");

    /** The source {@code file}, or {@code in} for none and for {@link #STANDARD_INPUT}, copied into {@code folder}. */
    static ImportSource open(Optional<Path> file, InputStream in, Path folder) throws Complaint {
        Optional<Path> named = file.filter(path -> !path.equals(STANDARD_INPUT));
        if (named.isPresent()) {
            return new ImportSource(named.get(), named.get().toString(), false);
        }
        try {
            Path copy = Files.createTempFile(folder, "import", ".json");
            ImportSource source = new ImportSource(copy, "standard input", true);
            try {
                Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                source.close();
                throw e;
            }
            return source;
        } catch (IOException e) {
            throw new Complaint("error: standard input cannot be copied to " + folder + ": " + e, ServiceExit.FAILED);
        }
    }

    @Override
    public void close() throws Complaint {
        try {
            if (isCopy) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new Complaint("error: " + path + " cannot be removed: " + e, ServiceExit.FAILED);
        }
    }
}
