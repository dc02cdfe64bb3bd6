package io.pinfold.libp2p.host;

import io.pinfold.multiformats.Multiaddr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The addresses that this host tells others: the configured ones, or those it listens on, with the interfaces' addresses
 * in place of unspecified ones.
 *
 * <p>Loopback addresses are told to peers on this machine only, and to everybody when there are no others.
 */
final class OwnAddresses {

    private final List<Multiaddr> announced;
    private final List<Multiaddr> listening;

    OwnAddresses(List<Multiaddr> announced, List<Multiaddr> listening) {
        this.announced = List.copyOf(announced);
        this.listening = List.copyOf(listening);
    }

    /** What to tell a peer, on this machine or elsewhere. */
    List<Multiaddr> toTell(boolean onThisMachine) {
        if (!announced.isEmpty()) {
            return announced;
        }
        Set<Multiaddr> all = new LinkedHashSet<>();
        listening.forEach(address -> expand(address, all));
        List<Multiaddr> elsewhere = all.stream().filter(address -> !isLoopback(address)).toList();
        return onThisMachine || elsewhere.isEmpty() ? List.copyOf(all) : elsewhere;
    }

    /** Whether {@code address} is one of loopback. */
    static boolean isLoopback(Multiaddr address) {
        return address.tcpEndpoint()
                .map(InetSocketAddress::getAddress)
                .filter(InetAddress::isLoopbackAddress)
                .isPresent();
    }

    private static void expand(Multiaddr address, Set<Multiaddr> all) {
        InetSocketAddress endpoint = address.tcpEndpoint().orElseThrow();
        if (!endpoint.getAddress().isAnyLocalAddress()) {
            all.add(address);
            return;
        }
        Class<? extends InetAddress> family = endpoint.getAddress().getClass();
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(family::isInstance)
                    .filter(ip -> !ip.isLinkLocalAddress())
                    .forEach(ip -> all.add(Multiaddr.tcp(new InetSocketAddress(ip, endpoint.getPort()))));
        } catch (SocketException e) {
            all.add(address);
        }
    }
}
