package io.pinfold.cli.console;

import java.util.Locale;

/** Sizes in decimal units, with two digits: {@code 999 B}, {@code 1.2 MB}, {@code 10 GB}. */
public final class Sizes {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Sizes() {}

    /** How {@code bytes} are shown. */
    public static String decimal(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1000 && unit < UNITS.length - 1) {
            size /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit > 0 && size < 10 ? "%.1f %s" : "%.0f %s", size, UNITS[unit]);
    }
}
