package io.pinfold.libp2p.host;

import io.pinfold.libp2p.AddressBook;
import io.pinfold.libp2p.ConnectionInfo;
import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.HostListener;
import io.pinfold.libp2p.HostMetrics;
import io.pinfold.libp2p.OpenResult;
import io.pinfold.libp2p.StreamHandler;
import io.pinfold.libp2p.identify.IdentifyMessage;
import io.pinfold.libp2p.limit.Deadline;
import io.pinfold.libp2p.ping.Ping;
import io.pinfold.libp2p.ping.PingHandler;
import io.pinfold.libp2p.record.PeerRecords;
import io.pinfold.libp2p.record.SignedPeerRecord;
import io.pinfold.libp2p.transport.Link;
import io.pinfold.libp2p.transport.ListenException;
import io.pinfold.libp2p.transport.Resolver;
import io.pinfold.libp2p.transport.Upgrader;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.key.PrivateKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

/** A host on TCP, Noise and Yamux; wires the parts of this package together. */
public final class TcpHost implements Host {

    /** How often trimming is looked at; sessions look for silence a few times in each keep-alive. */
    private static final Duration TRIM_INTERVAL = Duration.ofSeconds(5);
    private static final int TICKS_PER_KEEP_ALIVE = 4;

    private final PeerId id;
    private final HostMetrics metrics;
    private final Clockwork clockwork = new Clockwork();
    private final ExecutorService tasks;
    private final PeerEvents events;
    private final BoundedAddressBook book;
    private final PeerRecords records;
    private final ConnectionTable table;
    private final Trimmer trimmer;
    private final ProtocolTable protocols = new ProtocolTable();
    private final Resolver resolver;
    private final Identifier identifier;
    private final ConnectionCare care;
    private final Connector connector;
    private final SelfDescription self;
    private final Listeners listeners;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Starts a host with the identity {@code key}.
     *
     * @throws ListenException if it cannot listen at one of the addresses; nothing is left running then
     */
    public TcpHost(PrivateKey key, HostConfig config, HostRuntime runtime) throws ListenException {
        id = key.peerId();
        metrics = runtime.metrics();
        ScheduledExecutorService scheduler = clockwork.scheduler();
        tasks = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("libp2p-", 0).factory());
        events = new PeerEvents(id.toString());
        book = new BoundedAddressBook(runtime.clock(), config.streams().addressBook());
        records = new PeerRecords(config.streams().addressBook().peers());
        table = new ConnectionTable(config.connections(), events);
        trimmer = new Trimmer(config.connections(), runtime.clock());
        resolver = new Resolver(runtime.lookup());
        StreamOpener opener = new StreamOpener(scheduler);
        self = new SelfDescription(key, config, runtime.clock(), protocols);
        identifier = new Identifier(opener, self::to, new Told(protocols::version),
                new Identifier.Sinks(book, records, events, metrics), config.streams().negotiation());
        care = new ConnectionCare(table, trimmer, book, identifier, tasks, clockwork, metrics);
        StreamServer server = new StreamServer(protocols, config.streams(), tasks, scheduler, metrics);
        ConnectionMaker maker = new ConnectionMaker(config, runtime,
                new Upgrader(key, config.privateNetwork(), runtime.random(), scheduler), resolver, table, server,
                new ConnectionMaker.Sinks(care::made, care::ended));
        DialBackOff backOff = new DialBackOff(config.dials().backOffFirst(), config.dials().backOffMost(),
                runtime.clock(), runtime.random());
        connector = new Connector(id, table, book, new Dialer(config.dials(), backOff, maker, tasks), opener,
                identifier);
        protocols.put(Ping.PROTOCOL, new PingHandler());
        protocols.put(Identifier.PROTOCOL, identifier::tell);
        protocols.put(Identifier.PUSH_PROTOCOL, identifier::takePush);
        listeners = listen(config, maker);
        self.listensAt(listeners.addresses());
        clockwork.every(config.connections().yamux().keepAlive().dividedBy(TICKS_PER_KEEP_ALIVE),
                () -> table.all().forEach(connection -> connection.session().tick()));
        clockwork.every(TRIM_INTERVAL, care::trim);
    }

    private Listeners listen(HostConfig config, ConnectionMaker maker) throws ListenException {
        boolean done = false;
        try {
            Listeners listening = new Listeners(config.listen(), link -> take(link, maker));
            done = true;
            return listening;
        } finally {
            if (!done) {
                stop();
            }
        }
    }

    private void take(Link link, ConnectionMaker maker) {
        if (!maker.lets(link)) {
            link.close();
            return;
        }
        try {
            tasks.execute(() -> maker.welcome(link));
        } catch (RejectedExecutionException e) {
            link.close();
        }
    }

    @Override
    public PeerId id() {
        return id;
    }

    @Override
    public List<Multiaddr> listenAddresses() {
        return listeners.addresses();
    }

    @Override
    public List<Multiaddr> advertisedAddresses() {
        return self.addresses(true);
    }

    @Override
    public DialResult connect(PeerId peer, List<Multiaddr> addresses, Duration timeout) {
        return connector.connect(peer, addresses, Deadline.after(timeout));
    }

    @Override
    public OpenResult open(PeerId peer, List<String> wanted, Duration timeout) {
        return connector.open(peer, wanted, timeout);
    }

    @Override
    public void handle(String protocol, StreamHandler handler) {
        if (protocols.put(protocol, handler)) {
            announceChange();
        }
    }

    @Override
    public void unhandle(String protocol) {
        if (protocols.remove(protocol)) {
            announceChange();
        }
    }

    private void announceChange() {
        if (!closed.get()) {
            care.protocolsChanged();
        }
    }

    @Override
    public Set<PeerId> connectedPeers() {
        return table.peers();
    }

    @Override
    public List<ConnectionInfo> connections(PeerId peer) {
        return table.infos(peer);
    }

    @Override
    public Set<String> protocols(PeerId peer) {
        return identifier.protocols(peer);
    }

    /** All that {@code peer} said of itself, while it is connected. */
    public Optional<IdentifyMessage> identification(PeerId peer) {
        return identifier.known(peer);
    }

    /** The newest addresses that {@code peer} signed. */
    public Optional<SignedPeerRecord> peerRecord(PeerId peer) {
        return records.get(peer);
    }

    /** Counts of what happened. */
    public HostMetrics metrics() {
        return metrics;
    }

    @Override
    public AddressBook addressBook() {
        return book;
    }

    @Override
    public void disconnect(PeerId peer) {
        care.close(table.of(peer));
    }

    @Override
    public void protect(PeerId peer, String tag) {
        trimmer.protect(peer, tag);
    }

    @Override
    public void unprotect(PeerId peer, String tag) {
        trimmer.unprotect(peer, tag);
    }

    @Override
    public void addListener(HostListener listener) {
        events.add(listener);
    }

    /** Ends; must not be called by a listener or a stream handler of this host. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        listeners.close();
        connector.close();
        table.close();
        care.close(table.all());
        stop();
    }

    private void stop() {
        tasks.shutdownNow();
        tasks.close();
        clockwork.close();
        resolver.close();
        events.close();
    }
}
