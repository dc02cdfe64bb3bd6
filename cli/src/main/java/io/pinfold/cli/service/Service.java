package io.pinfold.cli.service;

import io.pinfold.cli.console.CommandLines;
import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import io.pinfold.cli.console.ProgramVersion;
import io.pinfold.cli.service.daemon.DaemonRunner;
import io.pinfold.cli.service.daemon.PeerRunner;
import io.pinfold.cli.service.daemon.StopSignal;
import io.pinfold.cli.service.ipfs.IpfsCommand;
import io.pinfold.cli.service.ipfs.IpfsContext;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program: {@code cluster-service}. */
@Command(name = "cluster-service", description = "A peer of a Pinfold cluster.", synopsisSubcommandLabel = "COMMAND", mixinStandardHelpOptions = true, scope = ScopeType.INHERIT, versionProvider = Service.Version.class, subcommands = {
    InitCommand.class, DaemonCommand.class, IdCommand.class, TemplateCommand.class,
    ConfigCommand.class, StateCommand.class, IpfsCommand.class,
    VersionCommand.class}, footerHeading = "%nExit codes:%n", footer = {
        "  0  success; also a peer that was told to stop (SIGTERM, SIGINT, SIGHUP)",
        "  1  something failed that has no code of its own",
        "  2  something was typed wrongly",
        "  3  the configuration, the identity or another file of the folder cannot be used",
        "  4  another process uses the folder",
        "  5  the folder is not there, or cannot be written to",
        "  6  an address to listen at cannot be had: most often, its port is in use",
        "  7  the template is of another cluster than the folder, or than --expect-cluster says",
        "  8  the template could not be fetched or read, or not be published",
        "  9  the state is not what the chain says, or the chain has a flaw (state export, verify, rebuild)",
        " 10  this peer's key is not among those that the cluster trusts (state import)",
        " 11  blocks of the IPFS node are damaged or missing (ipfs verify)",
        "125  the command was told to stop before it was done (ipfs)"})
public final class Service implements Callable<Integer>, IpfsContext {

    private final Console console;
    private final DaemonRunner runner;
    private final StopSignal signal;

    @Option(names = {"-c",
        "--config"}, scope = ScopeType.INHERIT, paramLabel = "DIR", description = "the peer's folder (default: what the variable PINFOLD_PATH says, else ~/.pinfold)")
    private @Nullable Path folder;

    @Option(names = {"--encoding",
        "--enc"}, scope = ScopeType.INHERIT, paramLabel = "text|json", description = "how answers are written (default: text)")
    private Encoding encoding = Encoding.TEXT;

    private Service(Console console, DaemonRunner runner, StopSignal signal) {
        this.console = console;
        this.runner = runner;
        this.signal = signal;
    }

    /** How answers are written. */
    enum Encoding {
        /** For people. */
        TEXT,
        /** For programs. */
        JSON
    }

    /** Runs the program and returns its exit code; a peer runs until {@code signal}. */
    public static int run(Console console, StopSignal signal, String... arguments) {
        return run(console, new PeerRunner(), signal, arguments);
    }

    /** Runs the program with another kind of peer. */
    static int run(Console console, DaemonRunner runner, StopSignal signal, String... arguments) {
        return CommandLines.run(new Service(console, runner, signal), console, ServiceExit.USAGE, arguments);
    }

    @Override
    public Console console() {
        return console;
    }

    @Override
    public boolean json() {
        return encoding == Encoding.JSON;
    }

    @Override
    public <T> T withNode(Work<T> work) throws Complaint {
        return new OwnNode(console, PeerFolder.locate(folder(), console), signal).use(work);
    }

    DaemonRunner runner() {
        return runner;
    }

    StopSignal signal() {
        return signal;
    }

    Optional<Path> folder() {
        return Optional.ofNullable(folder);
    }

    Printout printout() {
        return new Printout(console, json());
    }

    @Override
    public Integer call() {
        CommandLine.usage(this, console.out());
        return ServiceExit.FAILED;
    }

    /** The version line. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[]{"cluster-service version " + ProgramVersion.get()};
        }
    }
}
