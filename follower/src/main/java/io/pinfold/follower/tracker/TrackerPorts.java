package io.pinfold.follower.tracker;

import io.pinfold.follower.removal.ChainStanding;
import io.pinfold.follower.removal.RemovalLog;
import io.pinfold.ipfs.PinTarget;
import java.nio.file.Path;

/**
 * What the tracker works with; all but the folder stay their makers' to close, after the tracker.
 *
 * @param folder for files while sorting, of the tracker's own
 */
public record TrackerPorts(PinTarget target, Pinset pinset, Duty duty, ChainStanding standing, RemovalLog log,
        Path folder) {}
