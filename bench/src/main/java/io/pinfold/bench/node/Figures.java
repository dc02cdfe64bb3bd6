package io.pinfold.bench.node;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What was measured of one kind of node, in the order of measuring; each is printed as it comes. */
final class Figures {

    private final String subject;
    private final PrintStream out;
    private final Map<String, Double> values = new LinkedHashMap<>();

    Figures(String subject, PrintStream out) {
        this.subject = subject;
        this.out = out;
    }

    void put(String what, double value) {
        values.put(what, value);
        out.printf(Locale.ROOT, "%-7s  %8.0f  %s%n", subject, value, what);
    }

    /** Prints what both were measured at, and how many times as much the second has. */
    static void table(PrintStream out, Figures first, Figures second) {
        out.printf("%n| work | %s | %s | ratio |%n|---|---|---|---|%n", first.subject, second.subject);
        first.values.forEach((what, value) -> {
            double other = second.values.getOrDefault(what, Double.NaN);
            out.printf(Locale.ROOT, "| %s | %,.0f | %,.0f | %.2f |%n", what, value, other, other / value);
        });
    }
}
