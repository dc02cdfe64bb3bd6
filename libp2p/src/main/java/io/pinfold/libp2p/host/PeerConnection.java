package io.pinfold.libp2p.host;

import io.pinfold.libp2p.ConnectionInfo;
import io.pinfold.libp2p.yamux.YamuxSession;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;

/** An open connection: who is at the other end, and the session of streams on it. */
record PeerConnection(ConnectionInfo info, Multiaddr localAddress, YamuxSession session) {

    PeerId peer() {
        return info.peer();
    }

    /** The origin that an inbound connection counts for. */
    IpGroup group() {
        return IpGroup.of(info.remoteAddress());
    }

    /** Whether streams can be opened. */
    boolean isOpen() {
        return session.isOpen();
    }
}
