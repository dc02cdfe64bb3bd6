package io.pinfold.ipfsnode.ipns;

import java.time.Duration;

/** Somewhere that takes our records, to give them to others. Same rules for threads as {@link RecordSource}. */
public interface RecordSink {

    /** How people call it, without secrets. */
    String title();

    /** Hands {@code record} over; whether it was taken. */
    boolean put(IpnsRecord record, Duration timeout);
}
