package io.pinfold.cli.follow;

import io.pinfold.cli.console.CommandLines;
import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import io.pinfold.cli.console.ProgramVersion;
import io.pinfold.cli.service.PeerFolder;
import io.pinfold.cli.service.ServiceExit;
import io.pinfold.cli.service.daemon.DaemonRunner;
import io.pinfold.cli.service.daemon.StopSignal;
import io.pinfold.follower.config.folder.ConfigFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** The program: {@code cluster-follow}. */
@Command(name = "cluster-follow", description = "Follows clusters: cluster-follow NAME init SOURCE, then cluster-follow NAME run.", synopsisSubcommandLabel = "COMMAND", mixinStandardHelpOptions = true, scope = ScopeType.INHERIT, versionProvider = Follow.Version.class, subcommands = {
    FollowInitCommand.class, FollowRunCommand.class,
    FollowInfoCommand.class,
    FollowListCommand.class}, footer = {"", "Exit codes are those of cluster-service; see cluster-service --help."})
public final class Follow implements Callable<Integer> {

    private static final String FOLDER = ".pinfold-follow";
    private static final String NAME_FORM = "[A-Za-z0-9_][A-Za-z0-9._-]{0,127}";

    private final Console console;
    private final DaemonRunner runner;
    private final StopSignal signal;

    @Option(names = "--config", paramLabel = "DIR", description = "where the clusters' folders are (default: ~/"
            + FOLDER + ")")
    private @Nullable Path folder;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "what you call the cluster")
    private @Nullable String name;

    private Follow(Console console, DaemonRunner runner, StopSignal signal) {
        this.console = console;
        this.runner = runner;
        this.signal = signal;
    }

    /** Runs the program and returns its exit code; a peer runs until {@code signal}. */
    static int run(Console console, DaemonRunner runner, StopSignal signal, String... arguments) {
        return CommandLines.run(new Follow(console, runner, signal), console, ServiceExit.USAGE, arguments);
    }

    Console console() {
        return console;
    }

    DaemonRunner runner() {
        return runner;
    }

    StopSignal signal() {
        return signal;
    }

    /** What the cluster is called here. */
    String name() throws Complaint {
        if (name == null || !name.matches(NAME_FORM)) {
            throw new Complaint(
                    "error: a name for the cluster is due before the command, of letters, digits, dots, dashes"
                            + " and underscores, as in cluster-follow films init SOURCE",
                    ServiceExit.USAGE);
        }
        return name;
    }

    /** The folder of the cluster. */
    PeerFolder peer() throws Complaint {
        return PeerFolder.at(base().resolve(name()));
    }

    /** The same, which must be there. */
    PeerFolder followed() throws Complaint {
        PeerFolder peer = peer();
        if (!peer.isMade()) {
            throw new Complaint("error: no cluster is followed as " + name() + "; begin with cluster-follow " + name()
                    + " init SOURCE", ServiceExit.FOLDER_UNUSABLE);
        }
        return peer;
    }

    private Path base() {
        return folder == null ? console.home().resolve(FOLDER) : folder;
    }

    /** Without a command: what there is. */
    @Override
    public Integer call() throws Complaint {
        if (name != null) {
            return FollowInfoCommand.show(this);
        }
        List<String> names = names();
        console.out()
                .println(names.isEmpty()
                        ? "No cluster is followed yet; begin with cluster-follow NAME init SOURCE"
                        : "Configurations found for " + names.size() + " follower peers:");
        names.forEach(console.out()::println);
        return ServiceExit.OK;
    }

    private List<String> names() throws Complaint {
        if (!Files.isDirectory(base())) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(base())) {
            return folders.filter(candidate -> Files.exists(candidate.resolve(ConfigFolder.GENESIS)))
                    .map(Path::getFileName)
                    .flatMap(file -> Optional.ofNullable(file).stream())
                    .map(Path::toString)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new Complaint("error: " + base() + " cannot be read: " + e.getMessage(),
                    ServiceExit.FOLDER_UNUSABLE);
        }
    }

    /** The version line. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[]{"cluster-follow version " + ProgramVersion.get()};
        }
    }
}
