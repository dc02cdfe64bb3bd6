package io.pinfold.follower.pins;

import io.pinfold.chain.core.Replication;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.PeerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the members that are to hold a pin: those that the user asked for, then by rendezvous hash, which spreads pins
 * evenly and moves few of them when members come and go.
 */
final class RendezvousChoice {

    private RendezvousChoice() {}

    /**
     * The members for {@code cid}: as many as the replication wants, or as there are.
     *
     * @return nothing if there are fewer members than the least number; an empty list for everybody
     */
    static Optional<List<PeerId>> of(Cid cid, Replication replication, List<PeerId> wished,
            Collection<PeerId> members) {
        if (replication.isEverywhere() || replication.percent().isPresent()) {
            return Optional.of(List.of());
        }
        Set<PeerId> chosen = new LinkedHashSet<>(wished);
        chosen.retainAll(members);
        List<PeerId> rest = new ArrayList<>(members);
        rest.sort((a, b) -> weight(cid, b).compareTo(weight(cid, a)));
        chosen.addAll(rest);
        if (chosen.size() < replication.min()) {
            return Optional.empty();
        }
        return Optional.of(chosen.stream().limit(replication.max()).toList());
    }

    static Multihash weight(Cid cid, PeerId member) {
        return Multihash.sha256(member.toBytes().concat(cid.toBytes()));
    }
}
