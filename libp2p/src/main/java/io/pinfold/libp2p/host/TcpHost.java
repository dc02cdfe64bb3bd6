package io.pinfold.libp2p.host;

import io.pinfold.libp2p.AddressBook;
import io.pinfold.libp2p.ConnectionInfo;
import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.DialResult.Attempt;
import io.pinfold.libp2p.DialResult.Reason;
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
import io.pinfold.libp2p.transport.TcpListener;
import io.pinfold.libp2p.transport.Upgrader;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.key.PrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
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

    /** How long an address that led to a peer is kept. */
    private static final Duration PROVEN_LIFETIME = Duration.ofHours(1);
    /** How often trimming is looked at; sessions look for silence a few times in each keep-alive. */
    private static final Duration TRIM_INTERVAL = Duration.ofSeconds(5);
    /** Changes of our protocols within this time are pushed together. */
    private static final Duration PUSH_DELAY = Duration.ofMillis(100);
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
    private final StreamOpener opener;
    private final Identifier identifier;
    private final Dialer dialer;
    private final List<TcpListener> listeners = new ArrayList<>();
    private final SelfDescription self;
    private final AtomicBoolean pushDue = new AtomicBoolean();
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
        opener = new StreamOpener(scheduler);
        self = new SelfDescription(key, config, runtime.clock(), protocols);
        identifier = new Identifier(opener, self::to, new Identifier.Sinks(book, records, events, metrics),
                config.streams().negotiation());
        StreamServer server = new StreamServer(protocols, config.streams(), tasks, scheduler, metrics);
        ConnectionMaker maker = new ConnectionMaker(config, runtime,
                new Upgrader(key, runtime.random(), scheduler), resolver, table, server,
                new ConnectionMaker.Sinks(this::made, this::ended));
        DialBackOff backOff = new DialBackOff(config.dials().backOffFirst(), config.dials().backOffMost(),
                runtime.clock(), runtime.random());
        dialer = new Dialer(config.dials(), backOff, maker, tasks);
        protocols.put(Ping.PROTOCOL, new PingHandler());
        protocols.put(Identifier.PROTOCOL, identifier::tell);
        protocols.put(Identifier.PUSH_PROTOCOL, identifier::takePush);
        listen(config, maker);
        clockwork.every(config.connections().yamux().keepAlive().dividedBy(TICKS_PER_KEEP_ALIVE),
                () -> table.all().forEach(connection -> connection.session().tick()));
        clockwork.every(TRIM_INTERVAL, this::trim);
    }

    private void listen(HostConfig config, ConnectionMaker maker) throws ListenException {
        boolean done = false;
        try {
            for (Multiaddr address : config.listen()) {
                listeners.add(new TcpListener(address, link -> take(link, maker)));
            }
            self.listensAt(listenAddresses());
            done = true;
        } finally {
            if (!done) {
                close();
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

    private void made(PeerConnection connection) {
        if (connection.info().outbound()) {
            book.add(connection.peer(), List.of(connection.info().remoteAddress()), PROVEN_LIFETIME);
        }
        later(() -> identifier.identify(connection));
        if (!trimmer.choose(table.all()).isEmpty()) {
            later(this::trim);
        }
    }

    private void ended(PeerConnection connection) {
        if (table.of(connection.peer()).isEmpty()) {
            identifier.forget(connection.peer());
        }
    }

    private void trim() {
        for (PeerConnection connection : trimmer.choose(table.all())) {
            metrics.count("connections_trimmed");
            later(connection.session()::close);
        }
    }

    /** Runs {@code work} on a thread of its own, unless the host is closing. */
    private void later(Runnable work) {
        try {
            tasks.execute(work);
        } catch (RejectedExecutionException e) {
            metrics.count("tasks_after_close");
        }
    }

    @Override
    public PeerId id() {
        return id;
    }

    @Override
    public List<Multiaddr> listenAddresses() {
        return listeners.stream().map(TcpListener::address).toList();
    }

    @Override
    public List<Multiaddr> advertisedAddresses() {
        return self.addresses(true);
    }

    @Override
    public DialResult connect(PeerId peer, List<Multiaddr> addresses, Duration timeout) {
        Optional<PeerConnection> existing = table.best(peer);
        if (existing.isPresent()) {
            return new DialResult.Connected(existing.get().info());
        }
        Set<Multiaddr> all = new LinkedHashSet<>();
        addresses.forEach(address -> all.add(address.peerId().filter(peer::equals).isPresent()
                ? address.withoutPeer()
                : address));
        all.addAll(book.addresses(peer));
        if (closed.get() || peer.equals(id)) {
            Reason reason = closed.get() ? Reason.CLOSED : Reason.WRONG_PEER;
            return new DialResult.Failed(
                    all.stream().map(address -> new Attempt(address, reason, "not to be dialled")).toList());
        }
        return dialer.dial(peer, List.copyOf(all), Deadline.after(timeout));
    }

    @Override
    public OpenResult open(PeerId peer, List<String> wanted, Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        Optional<PeerConnection> connection = table.best(peer);
        if (connection.isEmpty()) {
            if (connect(peer, List.of(), timeout) instanceof DialResult.Failed failed) {
                return new OpenResult.Unreachable(failed);
            }
            connection = table.best(peer);
        }
        return connection.isEmpty()
                ? new OpenResult.Failed("the connection ended at once")
                : opener.open(connection.get(), wanted, identifier.protocols(peer), deadline);
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
        if (closed.get() || table.size() == 0 || !pushDue.compareAndSet(false, true)) {
            return;
        }
        clockwork.after(PUSH_DELAY, () -> {
            pushDue.set(false);
            table.all().forEach(connection -> later(() -> identifier.push(connection)));
        });
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
        closeAll(table.of(peer));
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
        listeners.forEach(TcpListener::close);
        table.close();
        closeAll(table.all());
        tasks.shutdownNow();
        tasks.close();
        clockwork.close();
        resolver.close();
        events.close();
    }

    /** Closes connections beside one another, since each may take a moment to send what is queued. */
    private static void closeAll(List<PeerConnection> connections) {
        List<Thread> closing = connections.stream()
                .map(connection -> Thread.ofVirtual().name("libp2p-close").start(connection.session()::close))
                .toList();
        closing.forEach(Threads::join);
    }
}
