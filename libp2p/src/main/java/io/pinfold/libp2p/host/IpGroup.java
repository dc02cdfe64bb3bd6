package io.pinfold.libp2p.host;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Protocol;

/**
 * What counts as one origin where bounds are per IP: an IPv4 address, or the /64 of an IPv6 address, which is what one
 * customer gets.
 */
record IpGroup(Bytes prefix) {

    private static final int IP6_PREFIX = 8;

    /** The origin of {@code address}; all addresses that begin with something else are one. */
    static IpGroup of(Multiaddr address) {
        Multiaddr.Component first = address.components().getFirst();
        return switch (first.protocol()) {
            case Protocol.IP4 -> new IpGroup(first.value());
            case Protocol.IP6 -> new IpGroup(first.value().slice(0, IP6_PREFIX));
            default -> new IpGroup(Bytes.EMPTY);
        };
    }
}
