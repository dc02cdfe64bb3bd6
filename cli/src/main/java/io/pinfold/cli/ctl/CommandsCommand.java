package io.pinfold.cli.ctl;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code commands}: the full names of all commands. */
@Command(name = "commands", description = "list all commands", hidden = true)
final class CommandsCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine root = Optional.ofNullable(spec).orElseThrow().parent().commandLine();
        list(root, root.getOut());
        return ExitCode.OK;
    }

    private static void list(CommandLine command, PrintWriter out) {
        command.getSubcommands().values().stream().distinct().forEach(below -> {
            if (!below.getCommandName().equals("help")) {
                out.println(below.getCommandSpec().qualifiedName());
                list(below, out);
            }
        });
    }
}
