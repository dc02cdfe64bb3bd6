package io.pinfold.ipfsnode.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/** Options for short lives of child JVMs that open a store: the database's library is unpacked once, and nothing is logged. */
public final class ChildOptions {

    private static final String LIBRARY = "rocksdb";

    private ChildOptions() {}

    /** The options; the library is unpacked into {@code folder} unless it is there. */
    public static List<String> in(Path folder) throws IOException {
        Path library = Files.createDirectories(folder).resolve(Environment.getSharedLibraryFileName(LIBRARY));
        if (!Files.exists(library)) {
            try (InputStream packed = RocksDB.class
                    .getResourceAsStream("/" + Environment.getJniLibraryFileName(LIBRARY))) {
                Files.copy(Objects.requireNonNull(packed), library);
            }
        }
        return List.of("-Xmx256m", "-Djava.library.path=" + folder, "-Djava.io.tmpdir=" + folder,
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider", "-Dslf4j.internal.verbosity=WARN");
    }
}
