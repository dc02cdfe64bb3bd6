package io.pinfold.ipfsnode.bitswap;

import io.pinfold.ipfsnode.BlockReader;
import io.pinfold.ipfsnode.Exchange;
import io.pinfold.ipfsnode.bitswap.client.BlockClient;
import io.pinfold.ipfsnode.bitswap.server.BlockServer;
import io.pinfold.ipfsnode.bitswap.server.Ledger;
import io.pinfold.ipfsnode.bitswap.wire.BitswapVersion;
import io.pinfold.ipfsnode.bitswap.wire.Counters;
import io.pinfold.ipfsnode.bitswap.wire.Counters.Count;
import io.pinfold.ipfsnode.bitswap.wire.FrameReader;
import io.pinfold.ipfsnode.bitswap.wire.FrameReader.Frame;
import io.pinfold.ipfsnode.bitswap.wire.Message;
import io.pinfold.ipfsnode.bitswap.wire.Want;
import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.HostListener;
import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.limit.MemoryBudget;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bitswap on a host: gives the blocks that are here to whoever asks, and gets others from peers.
 *
 * <p>It stores nothing: who gets a block by a session stores it, and says so by {@link #received}, so that others who wait
 * for it get it.
 */
public final class Bitswap implements Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Bitswap.class);

    private final Host host;
    private final BitswapConfig config;
    private final Counters counters = new Counters();
    private final ExecutorService tasks;
    private final BlockServer server;
    private final BlockClient client;
    private final MemoryBudget memory;
    private final Map<PeerId, MemoryBudget> memoryOfPeers = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Bitswap(Host host, BlockReader blocks, BitswapConfig config, Providers providers) {
        this.host = host;
        this.config = config;
        tasks = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("bitswap-", 0).factory());
        server = new BlockServer(host, blocks, config.server(), counters, tasks);
        client = new BlockClient(host, config.client(), providers, counters, tasks, System::nanoTime);
        memory = new MemoryBudget(config.inbound().bytes());
    }

    /**
     * Begins to speak Bitswap on {@code host}.
     *
     * @param blocks what others may have
     * @param providers asked for peers when no connected one has a block
     */
    public static Bitswap start(Host host, BlockReader blocks, BitswapConfig config, Providers providers) {
        Bitswap bitswap = new Bitswap(host, blocks, config, providers);
        host.addListener(bitswap.new Ear());
        BitswapVersion.protocols().forEach(protocol -> host.handle(protocol, bitswap::serve));
        bitswap.client.meetConnected();
        return bitswap;
    }

    @Override
    public Exchange.Session open(Cid root, List<Multiaddr> origins) {
        return client.open(root, origins);
    }

    /** These blocks are here now; peers that wait for them get them. */
    public void received(Collection<Multihash> blocks) {
        server.arrived(blocks);
    }

    /** What was done since the start. */
    public BitswapMetrics metrics() {
        return counters.snapshot();
    }

    /** What was exchanged with {@code peer}. */
    public Ledger ledger(PeerId peer) {
        return server.ledgers().of(peer);
    }

    /** What {@code peer} wants of us and did not get yet. */
    public List<Want> wantList(PeerId peer) {
        return server.wantList(peer);
    }

    private void serve(Stream stream) throws IOException {
        PeerId peer = stream.remotePeer();
        MemoryBudget ofPeer = memoryOfPeers.computeIfAbsent(peer, _ -> memory.part(config.inbound().bytesPerPeer()));
        FrameReader reader = new FrameReader(stream, ofPeer, config.inbound().pieceTimeout());
        try {
            boolean more = true;
            while (more && !closed.get()) {
                more = take(peer, reader.next());
                reader.release();
            }
        } finally {
            reader.release();
        }
    }

    private boolean take(PeerId peer, Frame frame) throws IOException {
        return switch (frame) {
            case Frame.Arrived(Message message, int _) -> {
                counters.add(Count.MESSAGES_IN);
                server.received(peer, message);
                BlockClient.Wanted wanted = client.received(peer, message);
                if (wanted.blocks() > 0) {
                    server.ledgers().received(peer, wanted.blocks(), wanted.bytes());
                }
                yield true;
            }
            case Frame.Ended _ -> false;
            case Frame.Refused(Refusal refusal) -> {
                counters.add(Count.MESSAGES_REFUSED);
                client.offended(peer);
                throw new IOException("a message was refused: " + refusal);
            }
            case Frame.NoMemory _ -> {
                counters.add(Count.STREAMS_STARVED);
                throw new IOException("no memory for more messages");
            }
        };
    }

    private final class Ear implements HostListener {

        @Override
        public void identified(PeerId peer) {
            if (!closed.get()
                    && host.protocols(peer).stream().anyMatch(protocol -> BitswapVersion.of(protocol).isPresent())) {
                client.connected(peer);
            }
        }

        @Override
        public void disconnected(PeerId peer) {
            client.disconnected(peer);
            server.disconnected(peer);
            memoryOfPeers.remove(peer);
        }
    }

    /** Ends every session and every answer; returns when they have ended. The host stays open. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        BitswapVersion.protocols().forEach(host::unhandle);
        client.close();
        tasks.shutdownNow();
        tasks.close();
        LOG.debug("Bitswap ended: {}", metrics());
    }
}
