package io.pinfold.libp2p.host;

import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.identify.IdentifyMessage;
import io.pinfold.libp2p.record.SignedPeerRecord;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.key.PrivateKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What this host says of itself in identify. */
final class SelfDescription {

    private static final String PROTOCOL_VERSION = "pinfold/1";

    private final PrivateKey key;
    private final HostConfig config;
    private final InstantSource clock;
    private final ProtocolTable protocols;
    private final AtomicLong sequence = new AtomicLong();
    private volatile OwnAddresses addresses;

    SelfDescription(PrivateKey key, HostConfig config, InstantSource clock, ProtocolTable protocols) {
        this.key = key;
        this.config = config;
        this.clock = clock;
        this.protocols = protocols;
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
        List<Multiaddr> told = addresses(OwnAddresses.isLoopback(observed)).stream()
                .limit(IdentifyMessage.MAX_ADDRESSES)
                .toList();
        return new IdentifyMessage(Optional.of(key.publicKey().toBytes()), told, protocols.names(),
                Optional.of(observed), Optional.of(PROTOCOL_VERSION), Optional.of(config.agent()),
                Optional.of(record(told).envelope()));
    }

    /** Sequence numbers are milliseconds, as the specification proposes, and one more each within a millisecond. */
    private SignedPeerRecord record(List<Multiaddr> told) {
        long number = sequence.updateAndGet(last -> Math.max(last + 1, clock.instant().toEpochMilli()));
        return SignedPeerRecord.sign(key, number, told);
    }
}
