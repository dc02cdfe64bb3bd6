package io.pinfold.api.rest;

import io.pinfold.follower.view.StatusFilter;
import io.pinfold.follower.view.TrackerStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads a status filter: names of statuses, {@code error} and {@code queued} for groups, {@code undefined} for all. */
final class StatusFilterParser {

    private StatusFilterParser() {}

    static StatusFilter parse(List<String> words) throws BadParameterException {
        Set<TrackerStatus> statuses = EnumSet.noneOf(TrackerStatus.class);
        for (String word : words) {
            switch (word) {
                case "error" -> statuses.addAll(
                        EnumSet.of(TrackerStatus.CLUSTER_ERROR, TrackerStatus.PIN_ERROR, TrackerStatus.UNPIN_ERROR));
                case "queued" -> statuses.addAll(EnumSet.of(TrackerStatus.PIN_QUEUED, TrackerStatus.UNPIN_QUEUED));
                case "undefined", "all" -> {
                    return StatusFilter.ALL;
                }
                default -> {
                    if (TrackerStatus.of(word).isEmpty()) {
                        throw new BadParameterException("filter", word + " is not a status");
                    }
                    statuses.add(TrackerStatus.of(word).get());
                }
            }
        }
        return new StatusFilter(statuses);
    }
}
