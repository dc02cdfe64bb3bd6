package io.pinfold.follower.view;

import java.time.Instant;

/**
 * Something that people should know of: most often, a metric that expired because its member fell silent.
 *
 * @param metric the metric concerned; alerts of other kinds carry their kind as its name and the story as its value, and expire
 *        at the epoch
 */
public record Alert(Metric metric, Instant triggeredAt) {}
