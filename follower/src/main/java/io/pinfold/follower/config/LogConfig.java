package io.pinfold.follower.config;

/**
 * What is logged: section {@code log}.
 *
 * @param level least important level that is written (info); debug and trace are for looking into a fault, and many lines
 */
public record LogConfig(Level level) {

    /** How important a line is. */
    public enum Level {
        /** Something failed that should not. */
        ERROR,
        /** Something is odd, and the peer goes on. */
        WARN,
        /** What an operator may want to know. */
        INFO,
        /** What a developer may want to know. */
        DEBUG,
        /** Everything. */
        TRACE
    }
}
