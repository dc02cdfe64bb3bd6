package io.pinfold.cli.ctl;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code help [command]}. */
@Command(name = "help", aliases = "h", description = "show the help of a command", hidden = true)
final class HelpCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "the command")
    private String command = "";

    @Override
    public Integer call() {
        CommandLine parent = Optional.ofNullable(spec).orElseThrow().parent().commandLine();
        CommandLine asked = parent.getSubcommands().getOrDefault(command, parent);
        asked.usage(parent.getOut());
        return ExitCode.OK;
    }
}
