package io.pinfold.templates;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
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
import io.pinfold.multiformats.PeerId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** An IPFS node that holds files and names in memory, and fails as it is told. */
public final class ScriptedNode implements IpfsNode {

    public final Map<String, Bytes> files = new HashMap<>();
    public final Map<String, Cid> names = new HashMap<>();
    public final Map<Cid, String> pinNames = new HashMap<>();
    public final List<Multiaddr> connected = new ArrayList<>();
    public Optional<BackendFailure> failure = Optional.empty();
    public Optional<BackendFailure> namingFailure = Optional.empty();

    @Override
    public Answer<Cid> resolve(String path, Duration timeout) {
        return found(names.get(path));
    }

    @Override
    public Answer<Bytes> cat(String path, int maxBytes, Duration timeout) {
        return found(files.get(path));
    }

    private <T> Answer<T> found(@org.jspecify.annotations.Nullable T value) {
        if (failure.isPresent()) {
            return new Answer.Failed<>(failure.get());
        }
        return value == null
                ? new Answer.Failed<>(new BackendFailure(BackendFailure.Kind.NOT_FOUND, "nobody has it"))
                : new Answer.Got<>(value);
    }

    @Override
    public Answer<BlockImport> beginImport() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer<Cid> add(InputStream content, String name) {
        try {
            Bytes bytes = Bytes.copyOf(content.readAllBytes());
            Cid cid = Cid.raw(bytes);
            files.put("/ipfs/" + cid, bytes);
            pinNames.put(cid, name);
            return found(cid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Answer<String> publishName(String keyName, Cid target, Duration lifetime) {
        if (namingFailure.isPresent()) {
            return new Answer.Failed<>(namingFailure.get());
        }
        names.put("/ipns/" + keyName, target);
        return new Answer.Got<>(keyName);
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public PinOutcome pin(PinRequest request, PinProgress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public UnpinOutcome unpin(Cid cid, String mark) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StatusOutcome status(Cid cid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ListOutcome list(PinDepth.Kind depth, Consumer<Cid> each) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer<NodeIdentity> identity() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer<RepositorySize> repositorySize() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer<Integer> putBlocks(List<Block> blocks) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer<Bytes> block(Cid cid, int maxBytes, Duration timeout, boolean offline) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer<PeerId> connect(Multiaddr address, Duration timeout) {
        connected.add(address);
        return found(failure.isPresent() ? null : address.peerId().orElseThrow());
    }

    @Override
    public void close() {}
}
