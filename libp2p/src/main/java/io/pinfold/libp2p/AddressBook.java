package io.pinfold.libp2p;

import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The addresses known for peers, bounded in peers and in addresses a peer, each with a lifetime. */
public interface AddressBook {

    /** A lifetime that does not end. */
    Duration PERMANENT = Duration.ofSeconds(Long.MAX_VALUE);

    /** Adds addresses of {@code peer}; a longer lifetime replaces a shorter one. */
    void add(PeerId peer, List<Multiaddr> addresses, Duration lifetime);

    /** The unexpired addresses of {@code peer}. */
    List<Multiaddr> addresses(PeerId peer);

    /** The peers that an unexpired address is known for. */
    Set<PeerId> peers();

    /** Forgets {@code peer}. */
    void remove(PeerId peer);
}
