package io.pinfold.libp2p.transport;

import io.pinfold.multiformats.key.PeerKey;
import java.io.InputStream;
import java.io.OutputStream;

/** A link that became a secure channel to a peer, on which Yamux was agreed. */
public record Upgraded(PeerKey remoteKey, InputStream input, OutputStream output) {}
