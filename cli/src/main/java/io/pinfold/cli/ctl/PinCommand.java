package io.pinfold.cli.ctl;

import io.pinfold.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code pin}. */
@Command(name = "pin", description = "the pinset", subcommands = {PinAddCommand.class, PinRemoveCommand.class,
    PinUpdateCommand.class, PinListCommand.class})
final class PinCommand extends CommandGroup {}
