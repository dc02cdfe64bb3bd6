package io.pinfold.follower.tracker.operation;

import java.time.Instant;
import java.util.Optional;

/** What happens to an operation. */
public sealed interface OperationEvent {

    /** A worker takes it. */
    record Started() implements OperationEvent {}

    /** The attempt succeeded, or turned out not to be needed. */
    record Succeeded() implements OperationEvent {}

    /** The attempt failed; without {@code nextTry} it waits for a person or a change. */
    record Failed(String error, Optional<Instant> nextTry) implements OperationEvent {}

    /** The attempt could not be made, and does not count. */
    record PutBack(String why) implements OperationEvent {}

    /** The time of the next try has come, or somebody asks for it now. */
    record Due() implements OperationEvent {}
}
