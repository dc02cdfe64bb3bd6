package io.pinfold.follower.assembly;

import io.pinfold.chain.core.machine.ChainConfig;
import io.pinfold.chain.core.machine.ChainEvent;
import io.pinfold.chain.core.machine.ChainMachine;
import io.pinfold.chain.core.machine.ChainPorts;
import io.pinfold.chain.core.machine.ChainSetup;
import io.pinfold.follower.chain.ChainThread;
import io.pinfold.follower.chain.HeadTopic;
import io.pinfold.follower.chain.LateChannel;
import io.pinfold.follower.chain.NodeBackup;
import io.pinfold.follower.chain.PeerBlocks;
import io.pinfold.follower.monitor.Alerts;
import io.pinfold.follower.monitor.StateFeed;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.HostListener;
import io.pinfold.multiformats.PeerId;
import io.pinfold.rpc.RpcProtocol;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The chain, its thread, and its ways to other peers and to the IPFS node. */
final class ChainPart implements AutoCloseable {

    final ChainThread thread;
    final ChainMachine machine;
    private final HeadTopic topic;
    private final PeerBlocks source;
    private final NodeBackup backup;

    private ChainPart(ChainThread thread, HeadTopic topic, PeerBlocks source, NodeBackup backup) {
        this.thread = thread;
        this.machine = thread.machine();
        this.topic = topic;
        this.source = source;
        this.backup = backup;
    }

    /** Opens the chain, which replays what the state lacks; nothing moves before {@link #start}. */
    static ChainPart open(PeerSetup setup, Stores stores, Network network, IpfsNode node, boolean knewPeers,
            StateFeed listener, Alerts alerts, InstantSource clock, Counters counters) {
        var late = new LateChannel();
        NodeBackup backup = NodeBackup.start(node, counters);
        var ports = new ChainPorts(late, late,
                setup.config().pinning().copiesBlocks() ? backup : _ -> {}, listener);
        var config = new ChainConfig(setup.config().chain().staleAfter(), setup.config().chain().reannounceInterval(),
                ChainConfig.DEFAULT.slot(), setup.config().trust().alone());
        var chain = new ChainSetup(setup.genesis(), setup.identity().key(), stores.chain, ports, config, knewPeers,
                new SecureRandom());
        var thread = new ChainThread(wake -> new ChainMachine(chain, wake), clock, listener::moved,
                e -> alerts.raise("chain_failed", "A step of the chain failed: " + e));
        ChainMachine machine = thread.machine();
        var topic = new HeadTopic(network.gossip, machine.verifier().chainId(), machine.gate(), clock, counters,
                thread::post);
        var source = new PeerBlocks(network.host, network.client, machine.verifier(), machine.gate(), clock, counters,
                thread::post);
        late.open(topic, source);
        return new ChainPart(thread, topic, source, backup);
    }

    /** Begins, with the peers that are connected already. */
    void start(Host host) {
        host.addListener(new HostListener() {
            @Override
            public void identified(PeerId peer) {
                if (host.protocols(peer).contains(RpcProtocol.ID)) {
                    thread.post(new ChainEvent.PeerConnected(peer));
                }
            }

            @Override
            public void disconnected(PeerId peer) {
                thread.post(new ChainEvent.PeerDisconnected(peer));
            }
        });
        for (PeerId peer : host.connectedPeers()) {
            if (host.protocols(peer).contains(RpcProtocol.ID)) {
                thread.post(new ChainEvent.PeerConnected(peer));
            }
        }
        thread.start();
    }

    @Override
    public void close() {
        topic.close();
        source.close();
        thread.close();
        backup.close();
    }
}
