package io.pinfold.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * Kubo's container image as a source of the program.
 *
 * <p>The program is taken out of the image and run like any other, so that there is one kind of node, which can be
 * killed, frozen and restarted on its ports; where it does not run outside its image, it is not used.
 */
final class KuboImage {

    private static final String VERSION = "0.43.0";
    private static final String PROGRAM = "/usr/local/bin/ipfs";

    private KuboImage() {}

    /** The program from the image, kept beside what {@code scripts/install-kubo} keeps; empty without a Docker engine. */
    static Optional<Path> extract() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.empty();
        }
        DockerImageName image = DockerImageName.parse("ipfs/kubo:v" + VERSION);
        try (GenericContainer<?> container = new GenericContainer<>(image)) {
            container.withCreateContainerCmdModifier(command -> command.withEntrypoint(PROGRAM));
            container.withCommand("version").withStartupCheckStrategy(new OneShotStartupCheckStrategy()).start();
            return Optional.of(keep(container));
        } catch (IOException | RuntimeException e) {
            System.err.println("the image " + image + " gives no usable program: " + e);
            return Optional.empty();
        }
    }

    private static Path keep(GenericContainer<?> container) throws IOException {
        Path folder = cache();
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, "ipfs", ".part");
        try {
            container.copyFileFromContainer(PROGRAM, part.toString());
            if (!part.toFile().setExecutable(true)) {
                throw new IOException("cannot be made executable: " + part);
            }
            new ProcessRunner().run(List.of(part.toString(), "version")).orElseThrow();
            return Files.move(part, folder.resolve("ipfs"), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static Path cache() {
        String given = System.getenv("XDG_CACHE_HOME");
        Path base = given != null && !given.isEmpty()
                ? Path.of(given)
                : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("pinfold").resolve("kubo-" + VERSION);
    }
}
