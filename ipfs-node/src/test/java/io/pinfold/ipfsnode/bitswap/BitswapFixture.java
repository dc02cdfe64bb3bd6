package io.pinfold.ipfsnode.bitswap;

import io.pinfold.libp2p.sim.SimHost;
import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Nodes in memory that speak Bitswap, and end with their test. */
public final class BitswapFixture implements AutoCloseable {

    /** Long enough for anything that works, on a busy machine. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Times short enough to see what happens when nothing comes. */
    public static final BitswapConfig IMPATIENT = BitswapConfig.DEFAULT
            .withClient(BitswapConfig.Client.DEFAULT.withTimes(Duration.ofMillis(150), Duration.ofMillis(300),
                    Duration.ofMillis(20), Duration.ofMillis(10)));

    private final SimNetwork network = new SimNetwork(InstantSource.system());
    private final List<Node> nodes = new ArrayList<>();

    /** A node: host, blocks, Bitswap. */
    public record Node(SimHost host, MemoryBlocks blocks, Bitswap bitswap) {

        /** Where it is, with its id. */
        public Multiaddr address() {
            return host.listenAddresses().getFirst().withPeer(host.id());
        }
    }

    /** A node with the default configuration. */
    public Node node() {
        return node(BitswapConfig.DEFAULT, Providers.NONE);
    }

    /** A node. */
    public Node node(BitswapConfig config, Providers providers) {
        SimHost host = network.host();
        MemoryBlocks blocks = new MemoryBlocks();
        Node node = new Node(host, blocks, Bitswap.start(host, blocks, config, providers));
        nodes.add(node);
        return node;
    }

    /** A host that does not speak Bitswap yet. */
    public SimHost host() {
        return network.host();
    }

    /** The network. */
    public SimNetwork network() {
        return network;
    }

    /** Connects two hosts. */
    public void connect(Node node, SimHost host) {
        network.connect(node.host(), host);
    }

    /** Random bytes. */
    public static Bytes bytes(Random random, int size) {
        byte[] data = new byte[size];
        random.nextBytes(data);
        return Bytes.copyOf(data);
    }

    /** Puts {@code count} blocks of {@code size} bytes into {@code blocks}. */
    public static List<Cid> fill(MemoryBlocks blocks, long seed, int count, int size) {
        Random random = new Random(seed);
        List<Cid> cids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cids.add(blocks.putRaw(bytes(random, size)));
        }
        return cids;
    }

    /** Waits until {@code condition} holds; not in time fails with {@code description}. */
    public static void await(BooleanSupplier condition, Supplier<String> description) {
        try {
            Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(condition::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(description.get(), e);
        }
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.bitswap().close());
        network.close();
    }
}
