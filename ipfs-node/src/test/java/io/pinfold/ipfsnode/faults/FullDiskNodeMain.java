package io.pinfold.ipfsnode.faults;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfs.BlockImport;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.ipfs.StatusOutcome;
import io.pinfold.ipfs.UnpinOutcome;
import io.pinfold.ipfsnode.Blockstore.Put;
import io.pinfold.ipfsnode.node.ImportSink;
import io.pinfold.ipfsnode.node.TestNode;
import io.pinfold.ipfsnode.pins.CollectionOutcome;
import io.pinfold.ipfsnode.pins.PinsAudit;
import io.pinfold.ipfsnode.store.DiskBlockstore;
import io.pinfold.ipfsnode.store.Stores;
import io.pinfold.ipfsnode.view.RepositoryView;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * Runs an embedded node on a small disk that is filled to the last byte amidst imports, a fetch and a collection, and prints
 * what became of each; ends with "done". Arguments: the disk, the address of another node, and a root that it has.
 */
final class FullDiskNodeMain {

    /** Bytes of the disk. */
    static final int DISK = 28 << 20;
    /** Those of others at first; when they are gone, there is more room than the database wants before it goes on. */
    private static final int OTHERS = 22 << 20;

    private static final int FILES = 100;
    private static final int FEW = 10;
    private static final int PAGE = 4 << 10;
    private static final int LITTLE = 200 << 10;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path disk;
    private final Multiaddr provider;
    private final Cid remote;
    private final List<Cid> kept = new ArrayList<>();
    private int trees;

    private FullDiskNodeMain(String[] arguments) {
        disk = Path.of(arguments[0]);
        provider = Multiaddr.parse(arguments[1]).orElseThrow();
        remote = Cid.parse(arguments[2]).orElseThrow();
    }

    public static void main(String[] arguments) throws IOException {
        new FullDiskNodeMain(arguments).run();
        System.out.println("done");
    }

    private void run() throws IOException {
        try (TestNode peer = ChildNode.open(disk.resolve("node").toString())) {
            fill(DISK - OTHERS);
            Trees.make(trees++, FEW, new ImportSink(peer.node()::putBlocks));
            BlockImport early = beginImport(peer);
            fillByImports(peer);
            fillByFetch(peer);
            fillByOthersAndCollect(peer, early);
            goOn(peer);
        }
        audit();
        try (TestNode peer = ChildNode.open(disk.resolve("node").toString(), Long.MAX_VALUE / 2)) {
            require(!importTree(peer), "nothing is stored into the reserve");
            unpinAndCollect(peer);
            requireKept(peer);
        }
        audit();
    }

    private void audit() {
        try (DiskBlockstore store = Stores.open(disk.resolve("node/blocks"))) {
            PinsAudit audit = new PinsAudit(store, "in the end");
            audit.requireSound();
            audit.requireNothingUnkept();
            require(!audit.isImporting(), "imports that failed have ended");
            require(audit.pins().size() == kept.size() + 1, "as many pins as were told");
        }
    }

    private void fillByImports(TestNode peer) {
        while (importTree(peer)) {
            // until the disk is full
        }
        requireKept(peer);
        System.out.println("import: full with " + kept.size() + " trees");
    }

    private void fillByFetch(TestNode peer) throws IOException {
        fill(LITTLE);
        ChildNode.got(peer.node().connect(provider, PATIENCE));
        require(!pinRemote(peer), "a fetch is told that the disk is full");
        requireKept(peer);
        System.out.println("fetch: full");
    }

    private void fillByOthersAndCollect(TestNode peer, BlockImport early) throws IOException {
        int unpinned = 0;
        fill(0);
        while (kept.size() > 1 && unpinFirst(peer)) {
            unpinned++;
            fill(0);
        }
        require(kept.size() > 1, "the end of a pin is told that the disk is full");
        require(peer.node().view().repository().collect() instanceof CollectionOutcome.Trouble(_, boolean full) && full,
                "a collection is told that the disk is full");
        require(!importTree(peer), "the beginning of an import is told that the disk is full");
        early.close();
        requireKept(peer);
        System.out.println("collection: full with " + unpinned + " unpinned");
    }

    private BlockImport beginImport(TestNode peer) {
        BlockImport begun = ChildNode.got(peer.node().beginImport());
        require(importTree(begun, false), "there is room at first");
        return begun;
    }

    /** The database looks for room every five seconds. */
    private void goOn(TestNode peer) throws IOException {
        Files.delete(disk.resolve("ballast"));
        Awaitility.await().atMost(PATIENCE).until(() -> unpinFirst(peer));
        require(pinRemote(peer), "the fetch goes on");
        require(importTree(peer), "there is room for an import");
        unpinAndCollect(peer);
        requireKept(peer);
    }

    private void unpinAndCollect(TestNode peer) {
        RepositoryView repository = peer.node().view().repository();
        long before = repository.usage().blocks();
        require(unpinFirst(peer), "a pin ends");
        require(repository.collect() instanceof CollectionOutcome.Done, "a collection");
        require(repository.usage().blocks() <= before - FILES / 2, "it makes room");
    }

    private boolean importTree(TestNode peer) {
        return switch (peer.node().beginImport()) {
            case Answer.Failed<BlockImport>(BackendFailure failure) -> full(failure);
            case Answer.Got<BlockImport>(BlockImport begun) -> {
                try (begun) {
                    yield importTree(begun, true);
                }
            }
        };
    }

    private boolean importTree(BlockImport begun, boolean keep) {
        ImportSink sink = new ImportSink(begun);
        Cid root = Trees.make(trees++, keep ? FILES : FEW,
                blocks -> sink.failure().isPresent() ? new Put.Stored(0) : stored(sink.put(blocks)));
        if (sink.failure().isPresent()) {
            return full(sink.failure().get());
        }
        if (!keep) {
            return true;
        }
        return switch (begun.keep(root, ChildNode.PINS)) {
            case Answer.Failed<Cid>(BackendFailure failure) -> full(failure);
            case Answer.Got<Cid> _ -> kept.add(root);
        };
    }

    /** The importer is to go on, so that the failure is the sink's. */
    private static Put stored(Put put) {
        require(!(put instanceof Put.Failed), "a full disk is told as such: " + put);
        return new Put.Stored(0);
    }

    private boolean pinRemote(TestNode peer) {
        PinRequest request = new PinRequest(remote, new PinDepth.Recursive(), ChildNode.PINS, Optional.empty(),
                List.of(provider), PATIENCE);
        return switch (peer.node().pin(request, (_, _) -> {})) {
            case PinOutcome.Failed(BackendFailure failure) -> full(failure);
            case PinOutcome _ -> true;
        };
    }

    private boolean unpinFirst(TestNode peer) {
        boolean unpinned = switch (peer.node().unpin(kept.getFirst(), ChildNode.PINS)) {
            case UnpinOutcome.Failed(BackendFailure failure) -> full(failure);
            case UnpinOutcome.Unpinned _ -> true;
            case UnpinOutcome other -> throw new IllegalStateException(other.toString());
        };
        if (unpinned) {
            kept.removeFirst();
        }
        return unpinned;
    }

    private static boolean full(BackendFailure failure) {
        require(failure.kind() == Kind.FULL, "a full disk is told as such: " + failure);
        return false;
    }

    private void requireKept(TestNode peer) {
        for (Cid root : kept) {
            require(peer.node().status(root) instanceof StatusOutcome.Pinned, root + " stays pinned");
        }
        var found = peer.node().view().repository().verify(_ -> {});
        require(found.damaged() + found.missing() == 0, found.toString());
    }

    /** Fills the disk until so many bytes are left. */
    private void fill(long left) throws IOException {
        try (OutputStream ballast = Files.newOutputStream(disk.resolve("ballast"), StandardOpenOption.CREATE,
                StandardOpenOption.APPEND)) {
            while (Files.getFileStore(disk).getUsableSpace() > left) {
                ballast.write(new byte[PAGE]);
            }
        } catch (IOException e) {
            require(left == 0, e.toString()); // somebody else took the last page
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("not so: " + what);
        }
    }
}
