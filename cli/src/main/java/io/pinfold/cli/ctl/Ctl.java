package io.pinfold.cli.ctl;

import io.pinfold.cli.console.CommandLines;
import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import io.pinfold.cli.console.ProgramVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ScopeType;

/** The program: {@code cluster-ctl}. */
@Command(name = "cluster-ctl", description = "Talks to a running cluster-service over its REST API.", synopsisSubcommandLabel = "COMMAND", mixinStandardHelpOptions = true, scope = ScopeType.INHERIT, versionProvider = Ctl.Version.class, subcommands = {
    IdCommand.class, PeersCommand.class, AddCommand.class, PinCommand.class, StatusCommand.class, RecoverCommand.class,
    SyncCommand.class, VersionCommand.class, HealthCommand.class, CommandsCommand.class,
    HelpCommand.class}, footerHeading = "%nExit codes:%n", footer = {
        "  0    success",
        "  1    something typed wrongly, or an API that does not answer",
        "  2    the API answered with an error",
        "  62   what --wait waits for did not happen in time",
        "  125  the waiting was interrupted"})
final class Ctl implements Callable<Integer> {

    private final Console console;

    @Mixin
    private GlobalOptions options = new GlobalOptions();

    Ctl(Console console) {
        this.console = console;
    }

    /** Runs the program and returns its exit code. */
    static int run(Console console, String... arguments) {
        if (arguments.length == 1 && arguments[0].equals("--version")) { // needs no command line
            console.out().println(Version.text());
            console.out().flush();
            return ExitCode.OK;
        }
        return CommandLines.run(new Ctl(console), console, ExitCode.LOCAL, arguments);
    }

    /** What commands work with. */
    Session session() throws Complaint {
        return options.session(console);
    }

    @Override
    public Integer call() {
        CommandLine.usage(this, console.out());
        return ExitCode.LOCAL;
    }

    /** The version line. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[]{text()};
        }

        private static String text() {
            return "cluster-ctl version " + ProgramVersion.get();
        }
    }
}
