package io.pinfold.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/** The working copy that the tests run in. */
public final class Checkout {

    private static final String MARK = "scripts/install-kubo";

    private Checkout() {}

    /** Its top folder: the nearest one at or above the working directory that holds {@code scripts/install-kubo}. */
    public static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (Path at = start; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(MARK))) {
                return at;
            }
        }
        throw new IllegalStateException("no " + MARK + " at or above " + start);
    }
}
