package io.pinfold.testkit;

import java.util.List;

/** A view of the file system that a process has for itself, in which a test may mount what it likes. Linux. */
public final class MountNamespace {

    private MountNamespace() {}

    /** What is put before a command; whoever is not root becomes it within a user namespace. */
    public static List<String> command() {
        return System.getProperty("user.name").equals("root")
                ? List.of("unshare", "--mount")
                : List.of("unshare", "--mount", "--map-root-user");
    }
}
