package io.pinfold.follower.view;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The statuses that are asked for; an empty filter asks for all of them.
 *
 * @param statuses what matches
 */
public record StatusFilter(Set<TrackerStatus> statuses) {

    /** Matches everything. */
    public static final StatusFilter ALL = new StatusFilter(Set.of());

    public StatusFilter {
        EnumSet<TrackerStatus> copy = EnumSet.noneOf(TrackerStatus.class);
        copy.addAll(statuses);
        statuses = Collections.unmodifiableSet(copy);
    }

    /** Whether a member with that status is to be listed. */
    public boolean matches(TrackerStatus status) {
        return statuses.isEmpty() || status == TrackerStatus.UNDEFINED || statuses.contains(status);
    }
}
