package io.pinfold.cli.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** What of the log is written. */
public final class Logging {

    private static final String HTTP_CLIENT = "org.apache.hc";

    private Logging() {}

    /**
     * Writes lines of {@code level} and above from now on; of the HTTP client's, which has several for each request, those of
     * debug only if {@code level} is trace.
     */
    public static void level(String level) {
        Level wanted = Level.toLevel(level);
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(wanted);
            root.getLoggerContext().getLogger(HTTP_CLIENT).setLevel(wanted == Level.DEBUG ? Level.INFO : null);
        }
    }
}
