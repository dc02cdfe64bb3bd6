package io.pinfold.ipfsnode.node;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfs.BlockImport;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.ipfs.ListOutcome;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.PinProgress;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.ipfs.StatusOutcome;
import io.pinfold.ipfs.UnpinOutcome;
import io.pinfold.ipfsnode.Exchange;
import io.pinfold.ipfsnode.bitswap.Bitswap;
import io.pinfold.ipfsnode.dag.Links;
import io.pinfold.ipfsnode.fetch.GraphFetch;
import io.pinfold.ipfsnode.ipns.Names;
import io.pinfold.ipfsnode.ipns.RecordShelf;
import io.pinfold.ipfsnode.pins.Budget;
import io.pinfold.ipfsnode.pins.Pins;
import io.pinfold.ipfsnode.store.DiskBlockstore;
import io.pinfold.ipfsnode.store.StoreOpening;
import io.pinfold.ipfsnode.view.NodeView;
import io.pinfold.libp2p.DialResult;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An IPFS node within the program, on the program's own libp2p host: {@code ipfs://__context}.
 *
 * <p>Of the peers on its host it fetches and to them it serves, by Bitswap; names travel over publish-subscribe. What it stores
 * stays below a bound, and what no pin needs goes away.
 */
public final class EmbeddedNode implements IpfsNode {

    /** How people write it as a backend. */
    public static final String NAME = "ipfs://__context";

    private final NodeSurroundings with;
    private final Budget budget;
    private final DiskBlockstore store;
    private final WebSources web;
    private final Exchange exchange;
    private final Pins pins;
    private final Names names;
    private final PinWork pinWork;
    private final BlockWork blockWork;
    private final FileWork fileWork;
    private final NameWork nameWork;
    private final NodeView view;

    private EmbeddedNode(NodeSurroundings with, EmbeddedNodeConfig config, DiskBlockstore store) throws IOException {
        this.with = with;
        this.store = store;
        web = new WebSources(config.routers(), config.gateways());
        var here = new JoinedBlocks(store, with.others());
        Bitswap bitswap = Bitswap.start(with.host(), here, config.bitswap(), web.providers());
        exchange = web.behind(bitswap);
        var announced = new AnnouncedStore(store, bitswap::received);
        budget = new Budget(announced, config.maxStorage());
        pins = new Pins(store.database(), announced,
                (cid, data) -> Links.of(new Block(cid, data)).map(Links::cids), budget);
        names = Names.start(new Names.Surroundings(with.folder(), with.key(), with.host(), with.pubSub(),
                web.recordSources(), web.recordSinks(), with.records(), with.clock(), with.random(), Thread::sleep),
                config.names());
        var fetch = new GraphFetch(announced, exchange, config.fetch(), System::nanoTime);
        pinWork = new PinWork(pins, fetch, budget);
        blockWork = new BlockWork(announced, here, exchange, budget);
        fileWork = new FileWork(pins, blockWork, budget);
        nameWork = new NameWork(names, fileWork);
        var insideBlocks = new InsideBlocks(announced, here, blockWork);
        var insideFiles = new InsideFiles(insideBlocks, nameWork);
        view = new Inside(this, insideBlocks, insideFiles, insideFiles, new InsidePins(pins, here),
                new InsideRepository(with.folder(), announced, budget, pins), new Inside.Neighbours(with.host()),
                names);
    }

    /** Opens the node in its folder, which is made if need be. */
    public static NodeOpening open(NodeSurroundings with, EmbeddedNodeConfig config) {
        return switch (DiskBlockstore.open(with.folder().resolve("blocks"), config.store())) {
            case StoreOpening.Locked _ -> new NodeOpening.Locked();
            case StoreOpening.Failed(String detail, _) -> new NodeOpening.Failed(detail);
            case StoreOpening.Open(DiskBlockstore store) -> {
                try {
                    yield new NodeOpening.Open(new EmbeddedNode(with, config, store));
                } catch (IOException | UncheckedIOException e) {
                    store.close();
                    yield new NodeOpening.Failed(e.toString());
                }
            }
        };
    }

    /** What tools may see of it, until it is closed. */
    public NodeView view() {
        return view;
    }

    /** The records of names that it keeps, until it is closed. */
    public RecordShelf records() {
        return names;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PinOutcome pin(PinRequest request, PinProgress progress) {
        return pinWork.pin(request, progress);
    }

    @Override
    public UnpinOutcome unpin(Cid cid, String mark) {
        return pinWork.unpin(cid, mark);
    }

    @Override
    public StatusOutcome status(Cid cid) {
        return pinWork.status(cid);
    }

    @Override
    public ListOutcome list(PinDepth.Kind depth, Consumer<Cid> each) {
        return pinWork.list(depth, each);
    }

    @Override
    public Answer<NodeIdentity> identity() {
        PeerId self = with.host().id();
        List<Multiaddr> addresses = with.host()
                .advertisedAddresses()
                .stream()
                .map(address -> address.withoutPeer().withPeer(self))
                .toList();
        return new Answer.Got<>(new NodeIdentity(self, addresses, with.version()));
    }

    @Override
    public Answer<RepositorySize> repositorySize() {
        return new Answer.Got<>(new RepositorySize(budget.used(), budget.max()));
    }

    @Override
    public Answer<Integer> putBlocks(List<Block> blocks) {
        return blockWork.put(blocks);
    }

    @Override
    public Answer<Bytes> block(Cid cid, int maxBytes, Duration timeout, boolean offline) {
        return blockWork.get(cid, maxBytes, timeout, offline);
    }

    @Override
    public Answer<BlockImport> beginImport() {
        return fileWork.beginImport();
    }

    @Override
    public Answer<Cid> add(InputStream content, String name) {
        return fileWork.add(content, name);
    }

    @Override
    public Answer<Bytes> cat(String path, int maxBytes, Duration timeout) {
        return nameWork.cat(path, maxBytes, timeout);
    }

    @Override
    public Answer<Cid> resolve(String path, Duration timeout) {
        return nameWork.resolve(path, timeout);
    }

    @Override
    public Answer<String> publishName(String keyName, Cid target, Duration lifetime) {
        return nameWork.publish(keyName, target, lifetime);
    }

    @Override
    public Answer<PeerId> connect(Multiaddr address, Duration timeout) {
        Optional<PeerId> peer = address.peerId();
        if (peer.isEmpty()) {
            return refused(address + " does not end with /p2p/PEER");
        }
        return switch (with.host().connect(peer.get(), List.of(address), timeout)) {
            case DialResult.Failed failed -> refused(failed.toString());
            case DialResult _ -> new Answer.Got<>(peer.get());
        };
    }

    private static <T> Answer<T> refused(String detail) {
        return new Answer.Failed<>(new BackendFailure(Kind.REFUSED, detail));
    }

    /** Ends what is under way; the host stays open. */
    @Override
    public void close() {
        names.close();
        exchange.close();
        pins.close();
        store.close();
        web.close();
    }
}
