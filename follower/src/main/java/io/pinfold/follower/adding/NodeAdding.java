package io.pinfold.follower.adding;

import io.pinfold.follower.view.AddOperations;
import io.pinfold.follower.view.AddRequest;
import io.pinfold.follower.view.AddRequest.Goal;
import io.pinfold.follower.view.Added;
import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.Upload;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BlockImport;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.ipfsnode.node.ImportSink;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes blocks of what is uploaded, gives them to the node, and has them kept. */
public final class NodeAdding implements AddOperations {

    /** The most uploads at once; each takes some 8 MiB of memory. */
    public static final int MAX_UPLOADS = 4;

    private final IpfsNode node;
    private final RootKeeper keeper;
    private final Supplier<Optional<Failure.NotAWriter>> hindrance;
    private final Semaphore room = new Semaphore(MAX_UPLOADS);

    /**
     * Puts into {@code node}.
     *
     * @param hindrance why this peer cannot change the pinset, if it cannot
     */
    public NodeAdding(IpfsNode node, Keeping keeping, Supplier<Optional<Failure.NotAWriter>> hindrance) {
        this(node, keeping::keep, hindrance);
    }

    private NodeAdding(IpfsNode node, RootKeeper keeper, Supplier<Optional<Failure.NotAWriter>> hindrance) {
        this.node = node;
        this.keeper = keeper;
        this.hindrance = hindrance;
    }

    /** Puts into {@code node} where no peer runs, so that there is no pinset to put anything into. */
    public static NodeAdding toNodeOnly(IpfsNode node) {
        return new NodeAdding(node, Keeping::atNodeOnly, Optional::empty);
    }

    /** Has the roots of an import kept. */
    @FunctionalInterface
    private interface RootKeeper {
        Answer<List<Added.Entry>> keep(BlockImport open, Goal goal, List<Added.Entry> roots);
    }

    /** Gives blocks to a sink and tells what they are; the roots come last. */
    @FunctionalInterface
    private interface Source {
        Answer<List<Added.Entry>> give(ImportSink sink);
    }

    @Override
    public Optional<Failure> hindrance(AddRequest request) {
        Optional<Failure> why = request.goal() instanceof Goal.Cluster
                ? hindrance.get().map(Failure.class::cast)
                : Optional.empty();
        if (why.isEmpty() && !Multihash.canCompute(request.layout().hash())) {
            return Optional.of(new Failure.Invalid("hash", "0x" + Long.toHexString(request.layout().hash())
                    + " cannot be computed here"));
        }
        return why.isEmpty() && room.availablePermits() == 0 ? Optional.of(busy()) : why;
    }

    private static Failure busy() {
        return new Failure.Busy("the list of uploads under way", MAX_UPLOADS);
    }

    @Override
    public Answer<List<Cid>> add(AddRequest request, Upload upload, Consumer<? super Added> each) {
        return put(request, each, sink -> new UploadImport(request, each).run(upload, sink));
    }

    @Override
    public Answer<List<Cid>> addCar(AddRequest request, String name, InputStream car, Consumer<? super Added> each) {
        return put(request, each, sink -> CarUpload.run(request, name, car, sink, each));
    }

    private Answer<List<Cid>> put(AddRequest request, Consumer<? super Added> each, Source source) {
        Optional<Failure> why = hindrance(request);
        if (why.isPresent()) {
            return Answer.failed(why.get());
        }
        if (!room.tryAcquire()) {
            return Answer.failed(busy());
        }
        try {
            return take(request, each, source);
        } finally {
            room.release();
        }
    }

    private Answer<List<Cid>> take(AddRequest request, Consumer<? super Added> each, Source source) {
        if (request.goal() instanceof Goal.Nothing) {
            return given(source, new ImportSink(node::putBlocks)).map(roots -> told(roots, each));
        }
        return switch (node.beginImport()) {
            case io.pinfold.ipfs.Answer.Failed<BlockImport>(BackendFailure failure) ->
                Answer.failed(Keeping.of(failure));
            case io.pinfold.ipfs.Answer.Got<BlockImport>(BlockImport begun) -> {
                try (begun) {
                    yield switch (given(source, new ImportSink(begun))) {
                        case Answer.Failed<List<Added.Entry>> failed -> failed.as();
                        case Answer.Done<List<Added.Entry>>(List<Added.Entry> roots) ->
                            keeper.keep(begun, request.goal(), roots).map(kept -> told(kept, each));
                    };
                }
            }
        };
    }

    /** What the source gave; if the node did not take it, then that is why it failed. */
    private static Answer<List<Added.Entry>> given(Source source, ImportSink sink) {
        Answer<List<Added.Entry>> given = source.give(sink);
        return given instanceof Answer.Failed<?> && sink.failure().isPresent()
                ? Answer.failed(Keeping.of(sink.failure().get()))
                : given;
    }

    private static List<Cid> told(List<Added.Entry> roots, Consumer<? super Added> each) {
        roots.forEach(each);
        return roots.stream().map(Added.Entry::cid).toList();
    }
}
