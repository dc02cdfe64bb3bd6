package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendAddress;
import io.pinfold.ipfs.BlockImport;
import io.pinfold.ipfs.IpfsConfig;
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
import io.pinfold.multiformats.PeerId;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A Kubo daemon, reached over its RPC; it need not be up.
 *
 * <p>{@link PinProgress} and the consumer of a listing run on another thread than the caller's, one call at a time and all
 * of them before the method returns. After {@link #close} every call fails with kind {@code CANCELLED}.
 */
public final class KuboIpfsNode implements IpfsNode {

    private final String name;
    private final KuboHttp http;
    private final PinCalls pins;
    private final ListCalls lists;
    private final BlockCalls blocks;
    private final FileCalls files;
    private final NameCalls names;
    private final NodeCalls node;

    /** A client of the daemon at {@code address}. */
    public KuboIpfsNode(BackendAddress.Kubo address, IpfsConfig config, InstantSource time, RandomGenerator random) {
        name = address.toString();
        http = new KuboHttp(address, config, time, random);
        node = new NodeCalls(http, config, time);
        pins = new PinCalls(http, config, new OriginConnector(time, node::connect));
        lists = new ListCalls(http, config);
        blocks = new BlockCalls(http, config, random);
        files = new FileCalls(http, config, pins, blocks, random);
        names = new NameCalls(http, config);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PinOutcome pin(PinRequest request, PinProgress progress) {
        return pins.pin(request, progress);
    }

    @Override
    public UnpinOutcome unpin(Cid cid, String mark) {
        return pins.unpin(cid, mark);
    }

    @Override
    public StatusOutcome status(Cid cid) {
        return pins.status(cid);
    }

    @Override
    public ListOutcome list(PinDepth.Kind depth, Consumer<Cid> each) {
        return lists.list(depth, each);
    }

    @Override
    public Answer<NodeIdentity> identity() {
        return node.identity();
    }

    @Override
    public Answer<RepositorySize> repositorySize() {
        return node.repositorySize();
    }

    @Override
    public Answer<Integer> putBlocks(List<Block> data) {
        return blocks.put(data);
    }

    @Override
    public Answer<Bytes> block(Cid cid, int maxBytes, Duration timeout, boolean offline) {
        return blocks.get(cid, maxBytes, timeout, offline);
    }

    @Override
    public Answer<BlockImport> beginImport() {
        return new Answer.Got<>(new KuboImport(blocks, files));
    }

    @Override
    public Answer<Cid> add(InputStream content, String pinName) {
        return files.add(content, pinName);
    }

    @Override
    public Answer<Bytes> cat(String path, int maxBytes, Duration timeout) {
        return files.cat(path, maxBytes, timeout);
    }

    @Override
    public Answer<Cid> resolve(String path, Duration timeout) {
        return files.resolve(path, timeout);
    }

    @Override
    public Answer<String> publishName(String keyName, Cid target, Duration lifetime) {
        return names.publish(keyName, target, lifetime);
    }

    @Override
    public Answer<PeerId> connect(Multiaddr address, Duration timeout) {
        return node.connect(address, timeout);
    }

    @Override
    public void close() {
        http.close();
    }
}
