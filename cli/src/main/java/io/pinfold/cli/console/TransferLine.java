package io.pinfold.cli.console;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * One line on {@code err} that says how far a transfer is: a bar if the whole is known, bytes, and bytes a second. It is shown on a
 * terminal only, and once the transfer has taken a second. May be used by several threads.
 */
public final class TransferLine implements AutoCloseable {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int BAR = 20;
    private static final String CLEAR = "\r" + " ".repeat(79) + "\r";

    private final Console console;
    private final String what;
    private final OptionalLong whole;
    private final Instant start;
    private Instant next;
    private long bytes;
    private boolean shown;

    /** A line that begins with {@code what}, as in {@code adding}; {@code whole} is how many bytes there will be, if that is known. */
    public TransferLine(Console console, String what, OptionalLong whole) {
        this.console = console;
        this.what = what;
        this.whole = whole;
        this.start = console.clock().instant();
        this.next = start.plus(FIRST);
    }

    /** Counts {@code more} bytes. */
    public synchronized void add(long more) {
        bytes += more;
        if (!console.errIsTerminal()) {
            return;
        }
        Instant now = console.clock().instant();
        if (!now.isBefore(next)) {
            next = now.plus(PAUSE);
            console.err().print((shown ? CLEAR : "") + text(now));
            console.err().flush();
            shown = true;
        }
    }

    /** How many bytes were counted. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Writes to the terminal what must not stand in this line. */
    public synchronized void above(Runnable writing) {
        clear();
        writing.run();
    }

    /** Takes the line away. */
    @Override
    public synchronized void close() {
        clear();
    }

    private void clear() {
        if (shown) {
            console.err().print(CLEAR);
            console.err().flush();
            shown = false;
        }
    }

    private String text(Instant now) {
        double seconds = Math.max(Duration.between(start, now).toMillis(), 1) / 1000.0;
        String rate = Sizes.decimal(Math.round(bytes / seconds)) + "/s";
        return whole.isPresent() && whole.getAsLong() > 0
                ? what + " " + bar(whole.getAsLong()) + "  " + Sizes.decimal(bytes) + " of "
                        + Sizes.decimal(whole.getAsLong()) + "  " + rate
                : what + " " + Sizes.decimal(bytes) + "  " + rate;
    }

    private String bar(long all) {
        double part = Math.min(1, (double) bytes / all);
        int full = (int) (part * BAR);
        return String.format(Locale.ROOT, "[%s%s] %3d %%", "=".repeat(full), " ".repeat(BAR - full),
                (int) (part * 100));
    }
}
