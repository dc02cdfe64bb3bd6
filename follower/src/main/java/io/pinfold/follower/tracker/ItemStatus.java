package io.pinfold.follower.tracker;

import io.pinfold.chain.core.PinEntry;
import io.pinfold.follower.view.PinStatus;
import io.pinfold.follower.view.TrackerStatus;
import io.pinfold.multiformats.Cid;
import java.time.Instant;
import java.util.Optional;

/**
 * What this peer's tracker says of one CID.
 *
 * @param entry its pin, if it is in the pinset
 * @param since when this status began, or was last confirmed
 * @param error what the last attempt failed with or what the item waits for, for people; empty if nothing is wrong
 * @param attempts how often the present operation was tried
 * @param priority whether its operation is in the queue of recent work
 * @param progress of the attempt that is running
 * @param nextTry when a failed operation is tried again, or a removal that waits goes on at the latest
 */
public record ItemStatus(Cid cid, Optional<PinEntry> entry, TrackerStatus status, Instant since, String error,
        int attempts, boolean priority, Optional<PinStatus.Progress> progress, Optional<Instant> nextTry) {}
