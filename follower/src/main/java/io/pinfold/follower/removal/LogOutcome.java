package io.pinfold.follower.removal;

/** Whether records are durable. */
public sealed interface LogOutcome {

    /** They are, and survive a crash from now on. */
    record Written() implements LogOutcome {}

    /** They are not, or nobody knows; {@code detail} is for people. */
    record NotWritten(String detail) implements LogOutcome {}
}
