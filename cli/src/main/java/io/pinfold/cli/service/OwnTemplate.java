package io.pinfold.cli.service;

import io.pinfold.cli.console.Complaint;
import io.pinfold.follower.config.ClusterConfig;
import io.pinfold.follower.config.PeerConfig;
import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.ipfs.IpfsNode.NodeIdentity;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.templates.Template;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The template of a peer's cluster: this peer's addresses, its IPFS node's, and those of the template it came by. */
final class OwnTemplate {

    private OwnTemplate() {}

    static Template of(PeerFolder folder, PeerConfig config, Stream<Multiaddr> nodes) throws Complaint {
        folder.open();
        PeerId id = folder.requireIdentity().id();
        Optional<Template> joined = folder.template();
        return new Template(folder.requireGenesis(),
                bounded(own(config.cluster()).map(address -> address.withPeer(id)),
                        joined.map(Template::bootstrap).orElse(List.of())),
                bounded(nodes, joined.map(Template::ipfs).orElse(List.of())),
                joined.map(Template::settings).orElse(Map.of()));
    }

    private static List<Multiaddr> bounded(Stream<Multiaddr> own, List<Multiaddr> others) {
        return Stream.concat(own, others.stream()).distinct().limit(Template.MAX_ADDRESSES).toList();
    }

    private static Stream<Multiaddr> own(ClusterConfig config) {
        return config.announce().isEmpty()
                ? config.listen().stream().flatMap(OwnTemplate::reachable)
                : config.announce().stream();
    }

    /** {@code listen} itself, or the addresses of this machine's interfaces where it stands for all of them. */
    private static Stream<Multiaddr> reachable(Multiaddr listen) {
        Optional<InetSocketAddress> endpoint = listen.tcpEndpoint();
        if (endpoint.isEmpty() || endpoint.get().isUnresolved()
                || !endpoint.get().getAddress().isAnyLocalAddress()) {
            return Stream.of(listen);
        }
        int port = endpoint.get().getPort();
        boolean four = endpoint.get().getAddress().getAddress().length == 4;
        return Interfaces.addresses()
                .filter(address -> !four || address.getAddress().length == 4)
                .map(address -> Multiaddr.tcp(new InetSocketAddress(address, port)));
    }

    /** Where others reach {@code node}. */
    static Stream<Multiaddr> ipfs(IpfsNode node) {
        if (!(node.identity() instanceof Answer.Got<NodeIdentity>(NodeIdentity identity))) {
            return Stream.empty();
        }
        return identity.addresses()
                .stream()
                .map(address -> address.peerId().isPresent() ? address : address.withPeer(identity.id()))
                .filter(address -> !isLoopbackBesideOthers(address, identity.addresses()));
    }

    /** Loopback addresses are of use on this machine only, so they are told only where a node has no other. */
    private static boolean isLoopbackBesideOthers(Multiaddr address, List<Multiaddr> all) {
        return isLoopback(address) && !all.stream().allMatch(OwnTemplate::isLoopback);
    }

    private static boolean isLoopback(Multiaddr address) {
        String text = address.toString();
        return text.startsWith("/ip4/127.") || text.startsWith("/ip6/::1/");
    }

    /** The machine's addresses. */
    private static final class Interfaces {

        private Interfaces() {}

        static Stream<InetAddress> addresses() {
            try {
                return java.net.NetworkInterface.networkInterfaces()
                        .flatMap(java.net.NetworkInterface::inetAddresses)
                        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress());
            } catch (java.net.SocketException _) {
                return Stream.empty();
            }
        }
    }
}
