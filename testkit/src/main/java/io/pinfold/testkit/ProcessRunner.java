package io.pinfold.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a command to its end and gives what it printed. */
public final class ProcessRunner {

    private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

    private final Map<String, String> environment = new HashMap<>();
    private @Nullable Path folder;
    private Duration timeout = Duration.ofMinutes(1);

    /** Sets a variable of the command's environment, on top of this process's own. */
    public ProcessRunner with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Runs the command in this folder; by default in this process's. */
    public ProcessRunner in(Path workingFolder) {
        folder = workingFolder;
        return this;
    }

    /** Kills the command after this time (by default a minute). */
    public ProcessRunner within(Duration time) {
        timeout = time;
        return this;
    }

    /** Runs {@code command} to its end, with nothing on its standard input. */
    public Result run(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        Process process = start(builder);
        try {
            CompletableFuture<String> out = read(process.getInputStream());
            CompletableFuture<String> err = read(process.getErrorStream());
            process.getOutputStream().close();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IllegalStateException(command + " did not end within " + timeout + "; it printed\n"
                        + out.join() + err.join());
            }
            return new Result(command, process.exitValue(), out.join(), err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, e);
        } finally {
            process.destroyForcibly();
        }
    }

    static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + builder.command(), e);
        }
    }

    private static CompletableFuture<String> read(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> {
            try (stream) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return "";
            }
        }, THREADS);
    }

    /** How a command ended and what it printed. */
    public record Result(List<String> command, int exit, String out, String err) {

        public Result {
            command = List.copyOf(command);
        }

        /** The standard output without surrounding white space; throws if the exit code is not 0. */
        public String orElseThrow() {
            if (exit != 0) {
                throw new IllegalStateException(command + " ended with " + exit + "\n" + out + err);
            }
            return out.strip();
        }
    }
}
