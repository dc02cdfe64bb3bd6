package io.pinfold.ipfsnode.fetch.web;

/** What became of a request to a web server. */
public sealed interface WebResult<T> {

    /** It answered well. */
    record Got<T>(T value) implements WebResult<T> {}

    /** It answered with another status than those of success. */
    record Refused<T>(int status) implements WebResult<T> {}

    /** No answer, or none that is of use. */
    record Failed<T>(Kind kind, String detail) implements WebResult<T> {}

    /** Why there was no answer of use. */
    enum Kind {
        /** Nobody answers there. */
        UNREACHABLE,
        /** It took longer in all than it may. */
        TIMEOUT,
        /** It did not get on for longer than it may. */
        SILENT,
        /** The answer was cut off, is too long, or is not what was asked for. */
        BAD_ANSWER,
        /** It leads to where we do not go. */
        BAD_REDIRECT,
        /** The calling thread was interrupted, or all was closed. */
        CANCELLED
    }
}
