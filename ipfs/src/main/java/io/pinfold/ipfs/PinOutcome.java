package io.pinfold.ipfs;

/** What became of a request to pin. */
public sealed interface PinOutcome {

    /** The content is here and pinned by this request. */
    record Pinned() implements PinOutcome {}

    /** It was pinned in this depth or a greater one before, by us or by somebody else, and was left as it is. */
    record AlreadyPinned() implements PinOutcome {}

    /** This backend cannot pin so, now or ever (for example limited in depth); {@code reason} is for people. */
    record Unsupported(String reason) implements PinOutcome {}

    /** The pin did not come about. */
    record Failed(BackendFailure failure) implements PinOutcome {}
}
