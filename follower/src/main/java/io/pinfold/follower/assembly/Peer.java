package io.pinfold.follower.assembly;

import io.pinfold.chain.core.codec.GenesisCodec;
import io.pinfold.chain.core.machine.ChainMachine;
import io.pinfold.follower.adding.Keeping;
import io.pinfold.follower.adding.NodeAdding;
import io.pinfold.follower.assembly.PeerStart.CannotListen;
import io.pinfold.follower.assembly.PeerStart.Started;
import io.pinfold.follower.assembly.PeerStart.Unusable;
import io.pinfold.follower.chain.EvidenceExchange;
import io.pinfold.follower.config.PeerConfig;
import io.pinfold.follower.monitor.Alerts;
import io.pinfold.follower.monitor.ChainView;
import io.pinfold.follower.monitor.ClusterMonitor;
import io.pinfold.follower.monitor.StateFeed;
import io.pinfold.follower.peers.KnownPeersFile;
import io.pinfold.follower.peers.NodeTemplates;
import io.pinfold.follower.pins.ChainPins;
import io.pinfold.follower.status.MemberStatuses;
import io.pinfold.follower.view.AddOperations;
import io.pinfold.follower.view.ClusterPeer;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.ipfsnode.node.EmbeddedNode;
import io.pinfold.ipfsnode.view.NodeView;
import io.pinfold.libp2p.transport.ListenException;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.rpc.MethodTable;
import io.pinfold.rpc.server.Authorizer;
import io.pinfold.rpc.server.Pause;
import io.pinfold.rpc.server.RpcServer;
import io.pinfold.trust.EvidenceFolder;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;

/**
 * A running peer: everything put together.
 *
 * <p>{@link #start} opens the parts in the order in which they depend on one another; {@link #close} closes them in the
 * reverse one and returns when all work has ended.
 */
public final class Peer implements NodeHolder, AutoCloseable {

    private final List<AutoCloseable> parts;
    private final ClusterPeer view;
    private final Network network;
    private final IpfsNode node;

    private Peer(List<AutoCloseable> parts, ClusterPeer view, Network network, IpfsNode node) {
        this.parts = List.copyOf(parts);
        this.view = view;
        this.network = network;
        this.node = node;
    }

    /** Starts the peer that {@code setup} describes. */
    public static PeerStart start(PeerSetup setup) {
        List<AutoCloseable> parts = new ArrayList<>();
        try {
            return new Started(assemble(setup, parts));
        } catch (ListenException e) {
            closeAll(parts);
            return new CannotListen(e.address(), String.valueOf(e.getMessage()));
        } catch (Stores.UnusableException e) {
            closeAll(parts);
            return new Unusable(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            closeAll(parts);
            throw e;
        }
    }

    private static Peer assemble(PeerSetup setup, List<AutoCloseable> parts)
            throws ListenException, Stores.UnusableException {
        InstantSource clock = InstantSource.system();
        PeerConfig config = setup.config();
        if (config.pinning().backends().size() > 1) {
            throw new Stores.UnusableException("pinning.backends names " + config.pinning().backends().size()
                    + " backends; this version keeps pins on exactly one");
        }
        PeerId self = setup.identity().id();
        Cid cluster = GenesisCodec.chainId(setup.genesis());
        var files = new PeerFiles(setup.folder());
        var counters = new Counters();
        var alerts = new Alerts(self, clock);
        var known = new KnownPeersFile(files.peers());

        Stores stores = opened(parts, Stores.open(files, cluster, self, clock, alerts));
        Network network = opened(parts, Network.open(setup, clock, counters));
        IpfsNode node = opened(parts, Nodes.open(setup, network, stores, clock));
        var evidence = new EvidenceFolder(files.evidence());
        var feed = new StateFeed(alerts, evidence);
        ScheduledExecutorService scheduler = opened(parts, scheduler());
        ChainPart chain = ChainPart.open(setup, stores, network, node, known.exists(), feed, alerts, clock, counters);
        ChainMachine machine = chain.machine;
        var view = new ChainView(machine::status, stores.blocks, clock);
        Pinning pinning = opened(parts,
                Pinning.open(cluster, self, node, stores.removals, stores.pins, config.tracker(),
                        view, files.spill(), clock, scheduler));
        parts.add(chain);
        Predicate<PeerId> trusted = peer -> machine.verifier().trust().newest().isPublisher(peer);
        Membership membership = opened(parts,
                Membership.open(network, node, cluster, setup.version(), config.cluster(), trusted, known, clock));

        var exchange = opened(parts,
                new EvidenceExchange(network.client, machine.verifier(), evidence, alerts, clock));
        exchange.tellKept();
        membership.registry.addListener((peer, _) -> exchange.ask(peer));
        var statuses = new MemberStatuses(pinning.tracker, membership.registry, network.client, clock, self,
                membership.directory::card, () -> trusted.test(self));
        var pins = new ChainPins(setup.genesis(), machine.intake(), stores.pins, node, clock,
                () -> membership.members(self), view::hindrance);
        var adding = new NodeAdding(node,
                new Keeping(node, pins, cluster, self, setup.genesis().defaultReplication()), view::hindrance);
        var monitor = new ClusterMonitor(cluster, setup.genesis(), self, view, alerts, pinning.tracker::metrics,
                stores.pins::size, counters::snapshot, clock);
        RpcServer server = opened(parts, new RpcServer(network.host, MethodTable.standard(),
                RpcMethods.of(membership, machine, stores, pinning, evidence, node),
                new Authorizer(trusted), config.rpc(),
                new RpcServer.Environment(clock, Pause.SLEEP, scheduler, counters)));

        feed.tell(pinning.tracker);
        server.start();
        chain.start(network.host);
        pinning.tracker.start();
        List<Multiaddr> bootstrap = new ArrayList<>(config.cluster().bootstrap());
        bootstrap.addAll(setup.bootstrap());
        membership.start(bootstrap, setup.nodes(), config.pinning(), config.monitor().peerWatchInterval());
        opened(parts, Upkeep.start(setup, machine, stores, membership, pinning, monitor, alerts, counters,
                clock));
        return new Peer(parts, new Views(setup.version(), membership.directory, pins, adding, statuses, monitor,
                new NodeTemplates(node, cluster)), network, node);
    }

    /** The peer as programs around it see it, until it is closed. */
    public ClusterPeer view() {
        return view;
    }

    @Override
    public AddOperations adding() {
        return view.adding();
    }

    @Override
    public Optional<NodeView> inside() {
        return node instanceof EmbeddedNode embedded ? Optional.of(embedded.view()) : Optional.empty();
    }

    /** Where the swarm listens, ports resolved. */
    public List<Multiaddr> listenAddresses() {
        return network.host.listenAddresses();
    }

    @Override
    public void close() {
        closeAll(parts);
    }

    private static ScheduledExecutorService scheduler() {
        return Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("timer").daemon().factory());
    }

    private static <T extends AutoCloseable> T opened(List<AutoCloseable> parts, T part) {
        parts.add(part);
        return part;
    }

    private static void closeAll(List<AutoCloseable> parts) {
        for (AutoCloseable part : parts.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                org.slf4j.LoggerFactory.getLogger(Peer.class).error("a part of the peer did not close", e);
            }
        }
    }
}
