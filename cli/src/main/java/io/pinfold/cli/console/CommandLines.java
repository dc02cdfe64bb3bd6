package io.pinfold.cli.console;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Makes Picocli behave the same in all programs. */
public final class CommandLines {

    private static final int HELP_WIDTH = 110;

    private CommandLines() {}

    /** Runs the program {@code root} with {@code arguments} on its command line, and gives its exit code. */
    public static int run(Object root, Console console, int usageCode, String... arguments) {
        int code = of(root, console, usageCode).execute(arguments);
        console.out().flush();
        console.err().flush();
        return code;
    }

    /**
     * A command line of {@code root} that writes to {@code console}; what was typed wrongly is said in one sentence and ends
     * with {@code usageCode}, what a command throws as {@link Complaint} with the code that it carries.
     */
    private static CommandLine of(Object root, Console console, int usageCode) {
        return new CommandLine(root)
                .setOut(writer(console.out()))
                .setErr(writer(console.err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(console.outIsTerminal() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(HELP_WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((problem, _) -> {
                    String name = problem.getCommandLine().getCommandSpec().qualifiedName();
                    console.complain("error reading the command line: " + oneLine(String.valueOf(problem.getMessage()))
                            + " (see "
                            + name + " --help)");
                    return usageCode;
                })
                .setExecutionExceptionHandler((failure, _, _) -> {
                    if (failure instanceof Complaint complaint) {
                        console.complain(complaint.sentence());
                        return complaint.exitCode();
                    }
                    throw failure;
                });
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
