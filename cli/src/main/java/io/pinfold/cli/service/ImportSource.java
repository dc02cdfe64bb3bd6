package io.pinfold.cli.service;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import java.io.IOException;
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

    /** The copy of standard input; one that a crash left is overwritten by the next. */
    private static final String COPY = "import.json";

    /**
     * The source {@code file}, or the console's input for {@link #STANDARD_INPUT} and, where nobody types, for none, copied into
     * {@code folder}, which is locked.
     */
    static ImportSource open(Optional<Path> file, Console console, Path folder) throws Complaint {
        if (file.isEmpty() && console.inIsTerminal()) {
            throw new Complaint("error: name the FILE to import, or have it piped in; - reads what is typed",
                    ServiceExit.USAGE);
        }
        Optional<Path> named = file.filter(path -> !path.equals(STANDARD_INPUT));
        if (named.isPresent()) {
            return new ImportSource(named.get(), named.get().toString(), false);
        }
        try {
            ImportSource source = new ImportSource(folder.resolve(COPY), "standard input", true);
            try {
                Files.copy(console.in(), source.path(), StandardCopyOption.REPLACE_EXISTING);
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
