package io.pinfold.chain.core.machine;

import io.pinfold.multiformats.PeerId;
import io.pinfold.trust.HeadMark;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether all numbers that this peer's key has used are known here, also those that its disk has lost: they are when this
 * peer has, since its start, stood on a head of more than half of the other publishers, or when the operator says so.
 *
 * <p>Until then it waits for announced blocks as long as any come, however slowly: its own may be among them.
 */
final class OwnNumbers {

    private final PeerId self;
    private final Set<PeerId> others;
    private final Set<PeerId> met = new HashSet<>();
    private boolean known;

    /** The numbers of {@code self}, one of {@code publishers} or none; {@code known} if the operator says so. */
    OwnNumbers(PeerId self, Set<PeerId> publishers, boolean known) {
        this.self = self;
        this.others = new HashSet<>(publishers);
        this.others.remove(self);
        this.known = known;
    }

    /** All blocks of {@code heads} are here. */
    void settled(List<HeadMark> heads) {
        heads.stream().map(HeadMark::voter).filter(others::contains).forEach(met::add);
        known |= 2 * met.size() > others.size();
    }

    /** The operator says that no other peer knows more. */
    void alone() {
        known = true;
    }

    /** Whether the blocks that {@code voter} announced are waited for only so long. */
    boolean boundsWaitFor(PeerId voter) {
        return known && !voter.equals(self);
    }
}
