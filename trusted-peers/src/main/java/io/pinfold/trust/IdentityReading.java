package io.pinfold.trust;

/** The answer of reading an identity file. */
public sealed interface IdentityReading {

    /** The identity that the file holds. */
    record Loaded(Identity identity) implements IdentityReading {}

    /** There is no such file. */
    record Missing() implements IdentityReading {}

    /** The file holds no identity that we can use; {@code reason} is a sentence for people and shows no secret. */
    record Refused(String reason) implements IdentityReading {}
}
