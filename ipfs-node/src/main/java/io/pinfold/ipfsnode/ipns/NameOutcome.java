package io.pinfold.ipfsnode.ipns;

import java.time.Duration;

/** What became of looking a name up. */
public sealed interface NameOutcome {

    /**
     * The name leads to immutable content.
     *
     * @param path such as {@code /ipfs/bafy…/docs}
     * @param ttl how long this may be kept, at most
     */
    record Resolved(String path, Duration ttl) implements NameOutcome {}

    /** Nobody who was asked within the time had a valid record. */
    record NotFound(String detail) implements NameOutcome {}

    /** The newest record that was found is not valid any more. */
    record Expired(IpnsRecord record) implements NameOutcome {}

    /** A valid record leads nowhere that we can go. */
    record BadValue(String detail) implements NameOutcome {}

    /** More names lead to one another than are followed. */
    record TooDeep(int names) implements NameOutcome {}

    /** The path is none. */
    record BadPath(String detail) implements NameOutcome {}

    /** The thread was interrupted, or this is closed. */
    record Cancelled() implements NameOutcome {}
}
