package io.pinfold.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

/**
 * What a program has of the world around it.
 *
 * @param in what a person types, or a pipe
 * @param out answers
 * @param err what went wrong, and progress
 * @param environment the process's variables
 * @param home the user's home folder
 * @param inIsTerminal whether a person answers questions
 * @param outIsTerminal whether a person sees {@code out} as it is written
 * @param errIsTerminal the same of {@code err}
 * @param clock tells the time
 * @param pause waits
 */
public record Console(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, Path home,
        boolean inIsTerminal, boolean outIsTerminal, boolean errIsTerminal, InstantSource clock, Pause pause) {

    /** The property by which the launchers tell which streams are terminals: {@code in}, {@code out}, {@code err}. */
    private static final String TERMINAL = "pinfold.terminal";
    private static final int BUFFER = 8192;
    private static final int MAX_ANSWER = 80;

    public Console {
        environment = Map.copyOf(environment);
    }

    /** The world of this process. */
    public static Console ofProcess() {
        String terminal = System.getProperty(TERMINAL, "");
        return new Console(System.in, stream(FileDescriptor.out), stream(FileDescriptor.err), System.getenv(),
                Path.of(System.getProperty("user.home", ".")), terminal.contains("in"), terminal.contains("out"),
                terminal.contains("err"),
                InstantSource.system(), Pause.SLEEPING);
    }

    /** Says one sentence on {@code err}. */
    public void complain(String sentence) {
        err.println(sentence);
        err.flush();
    }

    /** Asks for a yes or a no on {@code err}; all but {@code y} and {@code yes} is a no. */
    public boolean confirms(String question) {
        err.print(question + " [y/N] ");
        err.flush();
        StringBuilder answer = new StringBuilder();
        try {
            for (int next = in.read(); next >= 0 && next != '\n' && answer.length() < MAX_ANSWER; next = in.read()) {
                answer.append((char) next);
            }
        } catch (IOException _) {
            return false;
        }
        String said = answer.toString().strip().toLowerCase(Locale.ROOT);
        return said.equals("y") || said.equals("yes");
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        OutputStream file = new java.io.BufferedOutputStream(new FileOutputStream(descriptor), BUFFER);
        return new PrintStream(file, false, StandardCharsets.UTF_8);
    }
}
