package io.pinfold.follower.config.value;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Refusal.Kind;

/** A multiaddr of TCP, with or without a peer at its end. */
public record Addresses(Peer peer) implements ValueType<Multiaddr> {

    /** Whether the address ends with {@code /p2p/PEER}. */
    public enum Peer {
        /** It does not: an address to listen on. */
        NONE,
        /** It does: an address to dial. */
        REQUIRED
    }

    @Override
    public Decoded<Multiaddr> parse(RawValue raw) {
        return ValueType.text(raw).flatMap(Multiaddr::parse).flatMap(this::fitting);
    }

    private Decoded<Multiaddr> fitting(Multiaddr address) {
        if (!address.withoutPeer().isPlainTcp()) {
            return Decoded.refused(Kind.UNSUPPORTED, "only plain TCP addresses are spoken");
        }
        return switch (peer) {
            case NONE -> address.peerId().isEmpty()
                    ? Decoded.ok(address)
                    : Decoded.refused(Kind.TRAILING, "a peer has no place here");
            case REQUIRED -> address.peerId().isPresent()
                    ? Decoded.ok(address)
                    : Decoded.refused(Kind.TRUNCATED, "/p2p/PEER is missing at the end");
        };
    }

    @Override
    public String expected() {
        return switch (peer) {
            case NONE -> "a multiaddr such as /ip4/0.0.0.0/tcp/9096";
            case REQUIRED -> "a multiaddr such as /dns4/peer.example/tcp/9096/p2p/12D3Koo…";
        };
    }

    @Override
    public String show(Multiaddr value) {
        return value.toString();
    }
}
