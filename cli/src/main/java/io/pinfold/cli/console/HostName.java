package io.pinfold.cli.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What this machine is called. */
public final class HostName {

    private static final Path FILE = Path.of("/etc/hostname");
    private static final String UNKNOWN = "localhost";

    private HostName() {}

    /** The name in the environment or in the system's file; asking the network's name servers comes last, for it can take long. */
    public static String of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("HOSTNAME"))
                .or(HostName::inFile)
                .or(HostName::fromSystem)
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .orElse(UNKNOWN);
    }

    private static Optional<String> inFile() {
        try {
            return Optional.of(Files.readString(FILE)).filter(name -> !name.isBlank());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> fromSystem() {
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException _) {
            return Optional.empty();
        }
    }
}
