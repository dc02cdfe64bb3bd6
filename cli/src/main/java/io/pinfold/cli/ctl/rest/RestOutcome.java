package io.pinfold.cli.ctl.rest;

/** How a request ended. */
public sealed interface RestOutcome {

    /** All of the answer came; {@code values} is how many JSON values it was. */
    record Done(long values) implements RestOutcome {}

    /** The API answered with an error, or told one at the end of its answer. */
    record Refused(int code, String message) implements RestOutcome {}

    /** No answer, or not the whole of it; {@code sentence} says why and what to do. */
    record NoAnswer(String sentence) implements RestOutcome {}
}
