package io.pinfold.follower.peers;

import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.PeerDirectory;
import io.pinfold.follower.view.PeerInfo;
import io.pinfold.follower.view.PeerInfo.IpfsInfo;
import io.pinfold.ipfs.IpfsNode.NodeIdentity;
import io.pinfold.libp2p.Host;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.rpc.RpcProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** This peer and those it is connected to, as clients see them, answered from memory but for our own IPFS node. */
public final class MemberDirectory implements PeerDirectory {

    private final Host host;
    private final PeerRegistry registry;
    private final NodeIdentityCache node;
    private final Self self;

    /**
     * What this peer says of itself.
     *
     * @param announce addresses to tell in place of those it listens on, if any
     */
    public record Self(Cid cluster, String name, String version, List<Multiaddr> announce) {

        public Self {
            announce = List.copyOf(announce);
        }
    }

    /** A directory of {@code self} and of the peers in {@code registry}. */
    public MemberDirectory(Host host, PeerRegistry registry, NodeIdentityCache node, Self self) {
        this.host = host;
        this.registry = registry;
        this.node = node;
        this.self = self;
    }

    /** What we answer to RPC {@code id}. */
    public PeerCard card() {
        Optional<NodeCard> ours = node.get().identity().map(MemberDirectory::nodeCard);
        return new PeerCard(self.cluster(), self.name(), self.version(), cut(addresses()), ours);
    }

    @Override
    public Answer<PeerInfo> self() {
        List<PeerId> members = new ArrayList<>();
        List<Multiaddr> memberAddresses = new ArrayList<>();
        addresses().forEach(address -> memberAddresses.add(address.withoutPeer().withPeer(host.id())));
        SortedMap<PeerId, PeerCard> cards = new TreeMap<>(registry.cards());
        cards.forEach((peer, card) -> card.addresses()
                .forEach(address -> memberAddresses.add(address.withoutPeer().withPeer(peer))));
        members.add(host.id());
        members.addAll(cards.keySet());
        members.sort(PeerId::compareTo);
        NodeIdentityCache.State state = node.get();
        IpfsInfo ipfs = new IpfsInfo(state.identity().map(NodeIdentity::id),
                state.identity().map(NodeIdentity::addresses).orElse(List.of()), state.error());
        return Answer.done(new PeerInfo(host.id(), self.name(),
                addresses().stream().map(address -> address.withoutPeer().withPeer(host.id())).toList(), members,
                memberAddresses, self.version(), RpcProtocol.ID, Optional.of(ipfs), ""));
    }

    @Override
    public Answer<Long> peers(Consumer<? super PeerInfo> each) {
        SortedMap<PeerId, PeerInfo> members = new TreeMap<>();
        for (Map.Entry<PeerId, PeerCard> entry : registry.cards().entrySet()) {
            members.put(entry.getKey(), info(entry.getKey(), entry.getValue()));
        }
        return self().map(own -> {
            members.put(own.id(), own);
            members.values().forEach(each);
            return (long) members.size();
        });
    }

    @Override
    public Answer<PeerInfo> add(PeerId peer) {
        if (peer.equals(host.id())) {
            return self();
        }
        return registry.card(peer)
                .map(card -> Answer.done(info(peer, card)))
                .orElseGet(() -> Answer.failed(new Failure.PeerAway(peer.toString(), "it is not connected")));
    }

    @Override
    public Answer<PeerId> remove(PeerId peer) {
        return Answer.failed(new Failure.Unsupported(
                "members cannot be removed: whoever follows the chain is a member, and leaves by stopping"));
    }

    private List<Multiaddr> addresses() {
        return self.announce().isEmpty() ? host.listenAddresses() : self.announce();
    }

    private static PeerInfo info(PeerId peer, PeerCard card) {
        Optional<IpfsInfo> ipfs = card.node()
                .map(theirs -> new IpfsInfo(Optional.of(theirs.id()), theirs.addresses(), ""));
        List<Multiaddr> addresses = card.addresses().stream().map(a -> a.withoutPeer().withPeer(peer)).toList();
        return new PeerInfo(peer, card.name(), addresses, List.of(), List.of(), card.version(), RpcProtocol.ID, ipfs,
                "");
    }

    private static NodeCard nodeCard(NodeIdentity identity) {
        return new NodeCard(identity.id(), cut(identity.addresses()));
    }

    private static List<Multiaddr> cut(List<Multiaddr> addresses) {
        return addresses.subList(0, Math.min(addresses.size(), PeerCard.MAX_ADDRESSES));
    }
}
