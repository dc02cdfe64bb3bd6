package io.pinfold.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A running process whose output can be awaited line by line, and which ends at the latest with this JVM.
 *
 * <p>Its standard error is part of its output.
 */
public final class ChildProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final ProcessGuard guard;
    private final OutputLines lines;

    private ChildProcess(Process process, List<Path> folders) {
        this.process = process;
        this.guard = ProcessGuard.over(process, folders);
        this.lines = new OutputLines(process.getInputStream());
    }

    /** Starts a process; {@code folders} are removed with it if this JVM dies. */
    public static ChildProcess start(ProcessBuilder builder, Path... folders) {
        return new ChildProcess(ProcessRunner.start(builder.redirectErrorStream(true)), List.of(folders));
    }

    /** Writes a line to its standard input. */
    public void send(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the process is gone; it printed\n" + lines.tail(), e);
        }
    }

    /** The next line of its output, or empty if it has ended or nothing came in time. */
    public Optional<String> nextLine(Duration timeout) {
        try {
            return lines.next(timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Takes lines until one that {@code wanted} accepts, and gives it; throws with the output if none comes in time. */
    public String awaitLine(Predicate<String> wanted, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            Optional<String> line = nextLine(left);
            if (line.isEmpty()) {
                throw new IllegalStateException("the awaited line did not come within " + timeout + (isAlive()
                        ? ""
                        : " (the process has ended)") + "; it printed\n" + lines.tail());
            }
            if (wanted.test(line.get())) {
                return line.get();
            }
        }
    }

    /** The last lines of its output. */
    public String tail() {
        return lines.tail();
    }

    /** The operating system's number for it. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end (SIGTERM), waits for that, and gives the exit code; kills it if it does not listen. */
    public int stop() {
        process.destroy();
        return awaitExit(PATIENCE);
    }

    /** Ends it at once (SIGKILL) and returns when it has ended. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(PATIENCE);
    }

    /** Sends it a signal by name, for example {@code STOP} and {@code CONT}, between which it hangs. */
    public void signal(String name) {
        new ProcessRunner().run(List.of("kill", "-" + name, Long.toString(pid()))).orElseThrow();
    }

    /** Closes its standard input. */
    public void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end and gives the exit code; kills it when the time is over. */
    public int awaitExit(Duration timeout) {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            lines.awaitEnd(Duration.ofSeconds(1));
            guard.close();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** What it printed last. */
    @Override
    public String toString() {
        return "--- process " + pid() + " printed\n" + tail();
    }

    @Override
    public void close() {
        kill();
    }
}
