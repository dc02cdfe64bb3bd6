package io.pinfold.follower.view;

import io.pinfold.multiformats.PeerId;
import java.time.Instant;

/**
 * A value that a member published about itself.
 *
 * @param value text, often a number
 * @param weight by which members are ranked
 * @param partitionable whether equal values form a group, as tags do
 */
public record Metric(String name, PeerId peer, String value, Instant expire, boolean valid, long weight,
        boolean partitionable, Instant receivedAt) {}
