package io.pinfold.ipfs.testing;

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
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Multibase;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.key.PrivateKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * An IPFS node in memory that keeps the same contract as a real one, with switches for failures ({@link #faults}).
 *
 * <p>A recursive pin needs the root block only: links are not followed. A file is one block, whatever its size. A pin of
 * content that nobody has waits for its stall timeout in real time. What was called is in {@link #calls}.
 */
public final class InMemoryIpfsNode implements IpfsNode {

    private static final long MAXIMUM = 10_000_000_000L;

    private final InMemoryNetwork network;
    private final PeerId id;
    private final InMemoryContent content;
    private final Faults faults = new Faults();
    private final InMemoryPins pins;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** A node on a network of its own. */
    public InMemoryIpfsNode() {
        this(new InMemoryNetwork(), 1);
    }

    /** A node with the key that follows from {@code number}. */
    public InMemoryIpfsNode(InMemoryNetwork network, int number) {
        this.network = network;
        byte[] seed = new byte[32];
        seed[0] = (byte) number;
        seed[1] = (byte) (number >> 8);
        id = PrivateKey.fromSeed(Bytes.copyOf(seed)).peerId();
        content = new InMemoryContent(network.lock, network.changed);
        pins = new InMemoryPins(content, faults);
        network.join(id, content);
    }

    /** The switches for failures. */
    public Faults faults() {
        return faults;
    }

    /** What is pinned, in which depth and under which name. */
    public Map<Cid, StatusOutcome.Pinned> pins() {
        return pins.all();
    }

    /** Pins as the node's owner would, past Pinfold. */
    public void pinByHand(Cid cid, PinDepth.Kind depth, String name) {
        pins.set(cid, new StatusOutcome.Pinned(depth, name));
    }

    /** Makes a pin of {@code cid} succeed although nobody has its bytes. */
    public void promise(Cid cid) {
        content.promise(cid);
    }

    /** Makes pins of everything succeed. */
    public void promiseEverything(boolean all) {
        content.haveAll(all);
    }

    /** The calls so far: the operation, and the CID or path if there is one. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public String name() {
        return "memory://" + id;
    }

    @Override
    public PinOutcome pin(PinRequest request, PinProgress progress) {
        return run(Operation.PIN, request.cid(), PinOutcome.Failed::new, () -> pins.pin(request, progress));
    }

    @Override
    public UnpinOutcome unpin(Cid cid, String mark) {
        return run(Operation.UNPIN, cid, UnpinOutcome.Failed::new, () -> pins.unpin(cid, mark));
    }

    @Override
    public StatusOutcome status(Cid cid) {
        return run(Operation.STATUS, cid, StatusOutcome.Failed::new, () -> pins.status(cid));
    }

    @Override
    public ListOutcome list(PinDepth.Kind depth, Consumer<Cid> each) {
        return run(Operation.LIST, depth, failure -> new ListOutcome.Incomplete(0, failure),
                () -> pins.list(depth, each));
    }

    @Override
    public Answer<NodeIdentity> identity() {
        Multiaddr address = Multiaddr.parse("/ip4/127.0.0.1/tcp/4001").orElseThrow().withPeer(id);
        return answer(Operation.INFO, "", () -> new Answer.Got<>(new NodeIdentity(id, List.of(address), "0.43.0")));
    }

    @Override
    public Answer<RepositorySize> repositorySize() {
        return answer(Operation.INFO, "", () -> new Answer.Got<>(new RepositorySize(content.total(), MAXIMUM)));
    }

    @Override
    public Answer<Integer> putBlocks(List<Block> blocks) {
        return answer(Operation.CONTENT, "put " + blocks.size(), () -> {
            for (Block block : blocks) {
                if (!block.cid().hash().verifies(block.data())) {
                    return failed(Kind.BROKEN_ANSWER, block.cid() + " was stored as something else");
                }
                content.put(block.cid(), block.data());
            }
            return new Answer.Got<>(blocks.size());
        });
    }

    @Override
    public Answer<Bytes> block(Cid cid, int maxBytes, Duration timeout, boolean offline) {
        return answer(Operation.CONTENT, cid, () -> fetch(cid, maxBytes, timeout, offline));
    }

    @Override
    public Answer<BlockImport> beginImport() {
        return answer(Operation.CONTENT, "import", () -> new Answer.Got<>(new BlockImport() {

            @Override
            public Answer<Integer> put(List<Block> blocks) {
                return putBlocks(blocks);
            }

            @Override
            public Answer<Cid> keep(Cid root, String pinName) {
                return answer(Operation.CONTENT, "keep " + root, () -> content.get(root, true).isPresent()
                        ? new Answer.Got<>(pins.keep(root, pinName))
                        : failed(Kind.NOT_FOUND, root + " is not here"));
            }

            @Override
            public void close() {
                calls.add("end of import");
            }
        }));
    }

    @Override
    public Answer<Cid> add(InputStream file, String pinName) {
        return answer(Operation.CONTENT, "add", () -> {
            try {
                Bytes data = Bytes.copyOf(file.readAllBytes());
                Cid cid = Cid.raw(data);
                content.put(cid, data);
                return new Answer.Got<>(pins.keep(cid, pinName));
            } catch (IOException e) {
                return failed(Kind.REFUSED, "the content cannot be read: " + e.getMessage());
            }
        });
    }

    @Override
    public Answer<Bytes> cat(String path, int maxBytes, Duration timeout) {
        return answer(Operation.CONTENT, path, () -> switch (find(path)) {
            case Answer.Got<Cid>(Cid cid) -> fetch(cid, maxBytes, timeout, false);
            case Answer.Failed<Cid>(BackendFailure failure) -> new Answer.Failed<>(failure);
        });
    }

    @Override
    public Answer<Cid> resolve(String path, Duration timeout) {
        return answer(Operation.NAMES, path, () -> find(path));
    }

    @Override
    public Answer<String> publishName(String keyName, Cid target, Duration lifetime) {
        return answer(Operation.NAMES, keyName, () -> {
            byte[] seed = Cid.raw(Bytes.copyOf((id + keyName).getBytes(StandardCharsets.UTF_8)))
                    .hash()
                    .digest()
                    .toArray();
            String name = PrivateKey.fromSeed(Bytes.copyOf(seed)).peerId().toCid().toString(Multibase.BASE36);
            network.publish(name, target);
            return new Answer.Got<>(name);
        });
    }

    @Override
    public Answer<PeerId> connect(Multiaddr address, Duration timeout) {
        return answer(Operation.CONNECT, address, () -> {
            Optional<PeerId> peer = address.peerId();
            if (peer.isEmpty()) {
                return failed(Kind.REFUSED, "the address does not say who is there");
            }
            Optional<InMemoryContent> other = network.find(peer.get());
            if (other.isEmpty()) {
                return failed(Kind.REFUSED, "nobody is there");
            }
            content.connect(other.get());
            return new Answer.Got<>(peer.get());
        });
    }

    @Override
    public void close() {
        closed = true;
        while (!running.isEmpty()) {
            running.forEach(Thread::interrupt);
            Thread.onSpinWait();
        }
    }

    private Answer<Bytes> fetch(Cid cid, int maxBytes, Duration timeout, boolean offline) throws InterruptedException {
        if (!offline && !content.await(cid, timeout)) {
            return failed(Kind.TIMEOUT, "nobody has " + cid);
        }
        Optional<Bytes> data = content.get(cid, offline);
        if (data.isEmpty()) {
            return failed(Kind.NOT_FOUND, "could not find " + cid);
        }
        return data.get().size() <= maxBytes
                ? new Answer.Got<>(data.get())
                : failed(Kind.BROKEN_ANSWER, "more than " + maxBytes + " bytes");
    }

    private Answer<Cid> find(String path) {
        String rest = path.substring(path.indexOf('/', 1) + 1);
        Optional<Cid> cid = path.startsWith("/ipns/") ? network.resolve(rest) : Cid.parse(rest).toOptional();
        return cid.<Answer<Cid>>map(Answer.Got::new)
                .orElseGet(() -> failed(Kind.NOT_FOUND, "could not resolve " + path));
    }

    private static <T> Answer<T> failed(Kind kind, String detail) {
        return new Answer.Failed<>(new BackendFailure(kind, detail));
    }

    private interface Work<T> {
        T run() throws InterruptedException;
    }

    private <T> Answer<T> answer(Operation operation, Object subject, Work<Answer<T>> work) {
        return run(operation, subject, Answer.Failed::new, work);
    }

    private <T> T run(Operation operation, Object subject, java.util.function.Function<BackendFailure, T> fail,
            Work<T> work) {
        calls.add((operation + " " + subject).strip());
        running.add(Thread.currentThread());
        try {
            if (closed) {
                return fail.apply(new BackendFailure(Kind.CANCELLED, "closed"));
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            Optional<BackendFailure> fault = faults.before(operation);
            return fault.isPresent() ? fail.apply(fault.get()) : work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail.apply(new BackendFailure(Kind.CANCELLED, operation + " was called off"));
        } finally {
            running.remove(Thread.currentThread());
        }
    }
}
