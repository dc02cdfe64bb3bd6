package io.pinfold.cli.console;

import java.time.Duration;
import java.time.Instant;

/** One line on {@code err} that says how far long work is: rewritten on a terminal, now and then a new one elsewhere. */
public final class ProgressLine {

    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);
    private static final int WIDTH = 79;

    private final Console console;
    private final String what;
    private final Duration pause;
    private Instant next;
    private boolean shown;

    /** A line about {@code what}, as in {@code blocks checked}; it is shown once the work has taken a moment. */
    public ProgressLine(Console console, String what) {
        this.console = console;
        this.what = what;
        this.pause = console.errIsTerminal() ? ON_TERMINAL : ELSEWHERE;
        this.next = console.clock().instant().plus(pause);
    }

    /** Says that {@code done} of {@code all} are done, if the last time is a while ago. */
    public void at(long done, long all) {
        Instant now = console.clock().instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(pause);
        String text = done + " of " + all + " " + what;
        if (console.errIsTerminal()) {
            console.err().print("\r" + text);
            console.err().flush();
            shown = true;
        } else {
            console.complain(text);
        }
    }

    /** Takes the line away. */
    public void end() {
        if (shown) {
            console.err().print("\r" + " ".repeat(WIDTH) + "\r");
            console.err().flush();
        }
    }
}
