package io.pinfold.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The Kubo program that fixtures run.
 *
 * <p>In this order: {@code IPFS_BIN}, {@code ipfs} on the PATH if it is new enough, what was kept from an earlier run,
 * the program out of Kubo's container image where a Docker engine runs, a build from the repository's Go tools module.
 * All but the image are {@code scripts/install-kubo}.
 */
public final class KuboBinary {

    private static final int NOT_HERE = 3;
    private static final Duration BUILD_TIME = Duration.ofMinutes(30);

    private static final Once<Path> FOUND = new Once<>(KuboBinary::find);

    private KuboBinary() {}

    /** The program's path; the first call of a JVM may take as long as a build of Kubo does. */
    public static Path path() {
        return FOUND.get();
    }

    private static Path find() {
        String script = Checkout.root().resolve("scripts/install-kubo").toString();
        ProcessRunner runner = new ProcessRunner().within(BUILD_TIME);
        ProcessRunner.Result found = runner.run(List.of(script, "--no-build"));
        System.err.print(found.err());
        if (found.exit() == NOT_HERE) {
            return KuboImage.extract().orElseGet(() -> {
                System.err.println("building Kubo, which takes some minutes, once");
                return Path.of(runner.run(List.of(script)).orElseThrow());
            });
        }
        return Path.of(found.orElseThrow());
    }
}
