package io.pinfold.libp2p;

import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.time.Instant;

/** An open connection: to whom, by which address, who dialled, since when. */
public record ConnectionInfo(PeerId peer, Multiaddr remoteAddress, boolean outbound, Instant since) {}
