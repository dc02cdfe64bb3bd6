package io.pinfold.cli;

import io.pinfold.cli.console.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A process made of texts; its clock moves only while a program pauses. */
public final class TestConsole {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private Path home = Path.of("nowhere");
    private boolean interactive;
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private Consumer<Integer> onPause = _ -> {};
    private InstantSource clock = () -> now;
    private String typed = "";
    private int pauses;

    /** What a program came to. */
    public record Result(int code, String out, String err) {}

    public TestConsole set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public TestConsole home(Path folder) {
        home = folder;
        return this;
    }

    public TestConsole interactive() {
        interactive = true;
        return this;
    }

    /** Uses the machine's clock, for programs that wait for others' work. */
    public TestConsole realTime() {
        clock = InstantSource.system();
        return this;
    }

    /** What a person types. */
    public TestConsole typed(String text) {
        typed = text;
        return this;
    }

    /** Called with the number of the pause, from 1, each time a program pauses. */
    public TestConsole onPause(Consumer<Integer> action) {
        onPause = action;
        return this;
    }

    public int pauses() {
        return pauses;
    }

    /** A program. */
    @FunctionalInterface
    public interface Main {
        int run(Console console, String... args) throws Exception;
    }

    public Result run(Main main, String... args) {
        out.reset();
        err.reset();
        int code;
        try {
            code = main.run(console(), args);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Console console() {
        return new Console(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), environment, home, interactive, interactive,
                interactive,
                clock,
                time -> {
                    now = now.plus(time);
                    pauses++;
                    onPause.accept(pauses);
                });
    }
}
