package io.pinfold.libp2p.host;

import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.identify.IdentifyMessage;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.key.PrivateKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What this host says of itself in identify. */
final class SelfDescription {

    private static final String PROTOCOL_VERSION = "pinfold/1";

    private final PrivateKey key;
    private final HostConfig config;
    private final ProtocolTable protocols;
    private final OwnRecord record;
    private volatile OwnAddresses addresses;

    SelfDescription(PrivateKey key, HostConfig config, InstantSource clock, ProtocolTable protocols) {
        this.key = key;
        this.config = config;
        this.protocols = protocols;
        record = new OwnRecord(key, clock);
        addresses = new OwnAddresses(config.announce(), List.of());
    }

    /** The host listens at {@code listening}. */
    void listensAt(List<Multiaddr> listening) {
        addresses = new OwnAddresses(config.announce(), listening);
    }

    /** Our addresses, for a peer on this machine or elsewhere. */
    List<Multiaddr> addresses(boolean onThisMachine) {
        return addresses.toTell(onThisMachine);
    }

    /** What to say to the peer of {@code connection}. */
    IdentifyMessage to(PeerConnection connection) {
        Multiaddr observed = connection.info().remoteAddress();
        boolean onThisMachine = OwnAddresses.isLoopback(observed);
        List<Multiaddr> told = addresses(onThisMachine).stream()
                .limit(IdentifyMessage.MAX_ADDRESSES)
                .toList();
        return new IdentifyMessage(Optional.of(key.publicKey().toBytes()), told, protocols.names(),
                Optional.of(observed), Optional.of(PROTOCOL_VERSION), Optional.of(config.agent()),
                Optional.of(record.of(told, onThisMachine).envelope()));
    }
}
