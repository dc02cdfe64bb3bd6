package io.pinfold.follower.tracker.status;

import io.pinfold.follower.view.StatusFilter;
import io.pinfold.follower.view.TrackerStatus;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Status filters as text: names with commas between them.
 *
 * <p>Beside the statuses there are {@code error} and {@code queued}, which stand for several. ipfs-cluster's own client
 * adds such a name to every filter that merely overlaps it, so a name that stands for several adds nothing where one of
 * its parts is named as well. {@code undefined} adds nothing. A filter without a name asks for everything; a name that
 * does not exist is refused, so that a slip does not widen the answer.
 */
public final class StatusFilterText {

    /** The most characters of a filter; all names together have fewer. */
    public static final int MAX_LENGTH = 1024;

    private static final Map<String, Set<TrackerStatus>> COMPOSITES = Map.of(
            "error", EnumSet.of(TrackerStatus.CLUSTER_ERROR, TrackerStatus.PIN_ERROR, TrackerStatus.UNPIN_ERROR),
            "queued", EnumSet.of(TrackerStatus.PIN_QUEUED, TrackerStatus.UNPIN_QUEUED));

    private StatusFilterText() {}

    /** The filter that {@code text} spells; spaces do not count. */
    public static Decoded<StatusFilter> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Decoded.refused(Refusal.Kind.TOO_LONG, "filter of " + text.length() + " characters");
        }
        EnumSet<TrackerStatus> named = EnumSet.noneOf(TrackerStatus.class);
        List<Set<TrackerStatus>> composites = new ArrayList<>();
        for (String name : text.replace(" ", "").split(",", -1)) {
            Optional<TrackerStatus> status = TrackerStatus.of(name);
            if (status.isPresent()) {
                named.add(status.get());
            } else if (COMPOSITES.containsKey(name)) {
                composites.add(COMPOSITES.get(name));
            } else if (!name.isEmpty()) {
                return Decoded.refused(Refusal.Kind.UNSUPPORTED, "no status is called '" + excerpt(name)
                        + "'; there are " + names());
            }
        }
        composites.stream()
                .filter(parts -> parts.stream().noneMatch(named::contains))
                .toList()
                .forEach(named::addAll);
        named.remove(TrackerStatus.UNDEFINED);
        return Decoded.ok(new StatusFilter(named));
    }

    /** The text of {@code filter}, without names that stand for several; {@link #parse} gives the same filter back. */
    public static String of(StatusFilter filter) {
        return join(filter.statuses());
    }

    private static String names() {
        return join(EnumSet.complementOf(EnumSet.of(TrackerStatus.UNDEFINED))) + ","
                + COMPOSITES.keySet().stream().sorted().collect(Collectors.joining(","));
    }

    private static String join(Collection<TrackerStatus> statuses) {
        return Arrays.stream(TrackerStatus.values())
                .filter(statuses::contains)
                .map(TrackerStatus::text)
                .collect(Collectors.joining(","));
    }

    private static String excerpt(String name) {
        return name.length() > 40 ? name.substring(0, 40) + "…" : name;
    }
}
