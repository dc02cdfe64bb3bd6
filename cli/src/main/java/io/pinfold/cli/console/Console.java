package io.pinfold.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a program has of the world around it.
 *
 * @param out answers
 * @param err what went wrong, and progress
 * @param environment the process's variables
 * @param home the user's home folder
 * @param outIsTerminal whether a person sees {@code out} as it is written
 * @param errIsTerminal the same of {@code err}
 * @param clock tells the time
 * @param pause waits
 */
public record Console(PrintStream out, PrintStream err, Map<String, String> environment, Path home,
        boolean outIsTerminal, boolean errIsTerminal, InstantSource clock, Pause pause) {

    /** The property by which the launchers tell which streams are terminals: {@code out}, {@code err}, or both. */
    private static final String TERMINAL = "pinfold.terminal";
    private static final int BUFFER = 8192;

    public Console {
        environment = Map.copyOf(environment);
    }

    /** The world of this process. */
    public static Console ofProcess() {
        String terminal = System.getProperty(TERMINAL, "");
        return new Console(stream(FileDescriptor.out), stream(FileDescriptor.err), System.getenv(),
                Path.of(System.getProperty("user.home", ".")), terminal.contains("out"), terminal.contains("err"),
                InstantSource.system(), Pause.SLEEPING);
    }

    /** Says one sentence on {@code err}. */
    public void complain(String sentence) {
        err.println(sentence);
        err.flush();
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        OutputStream file = new java.io.BufferedOutputStream(new FileOutputStream(descriptor), BUFFER);
        return new PrintStream(file, false, StandardCharsets.UTF_8);
    }
}
