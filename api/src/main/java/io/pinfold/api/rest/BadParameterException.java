package io.pinfold.api.rest;

/** A parameter of a request cannot be understood; its handler answers 400 and does nothing. */
final class BadParameterException extends Exception {

    private static final long serialVersionUID = 1;

    BadParameterException(String parameter, String why) {
        super("invalid " + parameter + ": " + why, null, false, false);
    }

    /** The sentence for the client. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
