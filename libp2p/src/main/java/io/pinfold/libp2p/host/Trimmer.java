package io.pinfold.libp2p.host;

import io.pinfold.libp2p.HostConfig;
import io.pinfold.multiformats.PeerId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Chooses the connections to close when there are more than the high-water mark: down to the low one, the least valuable
 * first.
 *
 * <p>Never chosen are connections to protected peers and those younger than the grace period. Of the others, those with
 * fewer streams go first, among these the inbound ones, and among these the younger ones, so that a crowd of newcomers
 * cannot push out who has been here long.
 */
final class Trimmer {

    private final HostConfig.Connections limits;
    private final InstantSource clock;
    private final Map<PeerId, Set<String>> protections = new ConcurrentHashMap<>();

    Trimmer(HostConfig.Connections limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    void protect(PeerId peer, String tag) {
        protections.compute(peer, (_, tags) -> {
            Set<String> more = tags == null ? ConcurrentHashMap.newKeySet() : tags;
            more.add(tag);
            return more;
        });
    }

    void unprotect(PeerId peer, String tag) {
        protections.computeIfPresent(peer, (_, tags) -> {
            tags.remove(tag);
            return tags.isEmpty() ? null : tags;
        });
    }

    /** Which of {@code open} to close. */
    List<PeerConnection> choose(List<PeerConnection> open) {
        if (open.size() <= limits.highWater()) {
            return List.of();
        }
        Instant grown = clock.instant().minus(limits.grace());
        return open.stream()
                .filter(connection -> !protections.containsKey(connection.peer()))
                .filter(connection -> !connection.info().since().isAfter(grown))
                .sorted(Comparator.comparingInt((PeerConnection connection) -> connection.session().streamCount())
                        .thenComparing(connection -> connection.info().outbound())
                        .thenComparing(connection -> connection.info().since(), Comparator.reverseOrder()))
                .limit(open.size() - limits.lowWater())
                .toList();
    }
}
