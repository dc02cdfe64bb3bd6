package io.pinfold.follower.config;

import java.time.Duration;

/**
 * Watching peers: section {@code monitor}.
 *
 * @param peerWatchInterval time between two rounds of asking peers who they are (15s). Too short: calls all the time. Too
 *     long: a peer that left is shown for as long
 */
public record MonitorConfig(Duration peerWatchInterval) {}
