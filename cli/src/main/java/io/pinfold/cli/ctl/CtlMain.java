package io.pinfold.cli.ctl;

import io.pinfold.cli.console.Console;

/** Starts {@code cluster-ctl}. */
public final class CtlMain {

    private CtlMain() {}

    /** Runs the program and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(Console.ofProcess(), arguments));
    }

    /** Runs the program; the exit code. */
    public static int run(Console console, String... arguments) {
        return Ctl.run(console, arguments);
    }
}
