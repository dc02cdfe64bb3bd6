package io.pinfold.follower.peers;

import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.HostListener;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import io.pinfold.rpc.MethodTable;
import io.pinfold.rpc.RpcProtocol;
import io.pinfold.rpc.client.RpcClient;
import io.pinfold.rpc.client.RpcResult;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cards of the connected peers that take part in our cluster, asked for over RPC when a peer connects and anew at each
 * {@link #refresh}.
 *
 * <p>A card goes when its peer does. Peers of other clusters have none. Listeners are called on the thread that asked.
 */
public final class PeerRegistry implements AutoCloseable {

    /** Most cards that are kept; further peers stay unknown until there is room. */
    public static final int MAX_CARDS = 2_000;

    private static final Logger log = LoggerFactory.getLogger(PeerRegistry.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int PARALLEL = 16;

    private final Host host;
    private final RpcClient client;
    private final Cid cluster;
    private final Map<PeerId, PeerCard> cards = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Semaphore places = new Semaphore(PARALLEL);
    private final TaskGroup tasks = new TaskGroup("peer-card");

    /** Hears of cards. */
    @FunctionalInterface
    public interface Listener {

        /** A peer told who it is, for the first time or anew. */
        void card(PeerId peer, PeerCard card);
    }

    /** A registry of the peers of {@code host} in {@code cluster}; it closes neither host nor client. */
    public PeerRegistry(Host host, RpcClient client, Cid cluster) {
        this.host = host;
        this.client = client;
        this.cluster = cluster;
    }

    /** Begins to ask those that are connected and that connect. */
    public void start() {
        host.addListener(new HostListener() {
            @Override
            public void identified(PeerId peer) {
                ask(peer);
            }

            @Override
            public void disconnected(PeerId peer) {
                cards.remove(peer);
            }
        });
        refresh();
    }

    /** Asks every connected peer again. */
    public void refresh() {
        host.connectedPeers().forEach(this::ask);
    }

    /** Tells {@code listener} of every card from now on. */
    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    /** The card of {@code peer}, if it is connected and of our cluster. */
    public Optional<PeerCard> card(PeerId peer) {
        return Optional.ofNullable(cards.get(peer));
    }

    /** All cards, by peer. */
    public SortedMap<PeerId, PeerCard> cards() {
        return new TreeMap<>(cards);
    }

    /** Ends asking. */
    @Override
    public void close() {
        tasks.close();
    }

    private void ask(PeerId peer) {
        if (host.protocols(peer).contains(RpcProtocol.ID)) {
            tasks.run(() -> {
                places.acquire();
                try {
                    fetch(peer);
                } finally {
                    places.release();
                }
            });
        }
    }

    private void fetch(PeerId peer) {
        switch (client.call(peer, MethodTable.ID, Bytes.EMPTY, TIMEOUT)) {
            case RpcResult.Failed<Bytes>(var failure) -> log.debug("{} does not say who it is: {}", peer, failure);
            case RpcResult.Ok<Bytes>(Bytes answer) -> {
                switch (PeerCardCodec.decode(answer)) {
                    case Decoded.Refused<PeerCard>(Refusal refusal) ->
                        log.info("{} sent a bad card: {}", peer, refusal);
                    case Decoded.Ok<PeerCard>(PeerCard card) -> take(peer, card);
                }
            }
        }
    }

    private void take(PeerId peer, PeerCard card) {
        if (!card.cluster().equals(cluster)) {
            log.debug("{} is a peer of another cluster, {}", peer, card.cluster());
            return;
        }
        if (cards.size() >= MAX_CARDS && !cards.containsKey(peer)) {
            log.warn("{} stays unknown: {} peers are known already", peer, MAX_CARDS);
            return;
        }
        cards.put(peer, card);
        if (!host.connectedPeers().contains(peer)) {
            cards.remove(peer);
            return;
        }
        listeners.forEach(listener -> listener.card(peer, card));
    }
}
