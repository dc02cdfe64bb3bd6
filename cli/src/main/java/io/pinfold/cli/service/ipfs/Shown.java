package io.pinfold.cli.service.ipfs;

import java.util.regex.Pattern;

/** Makes texts that others wrote fit for a terminal. */
final class Shown {

    private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}\\p{Cf}]");

    private Shown() {}

    /** {@code text} on one line, with a question mark for whatever steers a terminal. */
    static String text(String text) {
        return UNFIT.matcher(text).replaceAll("?");
    }
}
