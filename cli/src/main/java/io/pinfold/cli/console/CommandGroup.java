package io.pinfold.cli.console;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does nothing by itself. */
public abstract class CommandGroup implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public final void run() {
        CommandSpec own = Optional.ofNullable(spec).orElseThrow();
        throw new ParameterException(own.commandLine(),
                "one of " + String.join(", ", own.subcommands().keySet()) + " must follow " + own.name());
    }
}
