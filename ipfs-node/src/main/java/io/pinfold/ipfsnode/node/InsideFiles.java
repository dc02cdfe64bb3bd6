package io.pinfold.ipfsnode.node;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfsnode.BlockReader;
import io.pinfold.ipfsnode.dag.CarExport;
import io.pinfold.ipfsnode.dag.Walk;
import io.pinfold.ipfsnode.gateway.CarPlan;
import io.pinfold.ipfsnode.gateway.CarWish;
import io.pinfold.ipfsnode.gateway.GatewayCars;
import io.pinfold.ipfsnode.unixfs.Outcome;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure;
import io.pinfold.ipfsnode.unixfs.read.FolderItem;
import io.pinfold.ipfsnode.unixfs.read.UnixFsEntry;
import io.pinfold.ipfsnode.unixfs.read.UnixFsReader;
import io.pinfold.ipfsnode.view.ArchiveView;
import io.pinfold.ipfsnode.view.FileView;
import io.pinfold.ipfsnode.view.Reach;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Files, folders and archives, read from blocks that are here or fetched. */
record InsideFiles(InsideBlocks blocks, NameWork names) implements FileView, ArchiveView {

    @Override
    public Answer<Cid> resolve(String path, Reach reach) {
        UnixFsReader reader = reader(reach);
        return names.resolve(path, reach instanceof Reach.Everywhere(Duration patience) ? patience : Duration.ZERO,
                (root, below) -> answer(reader.resolve(root, below)));
    }

    @Override
    public Answer<UnixFsEntry> entry(Cid cid, Reach reach) {
        return answer(reader(reach).entry(cid));
    }

    @Override
    public Answer<UnixFsEntry> list(Cid folder, Reach reach, Consumer<FolderItem> each) {
        return answer(reader(reach).list(folder, each));
    }

    @Override
    public Answer<UnixFsEntry> cat(Cid file, long from, long to, Reach reach, OutputStream out) throws IOException {
        return answer(reader(reach).cat(file, from, to, out));
    }

    private UnixFsReader reader(Reach reach) {
        return new UnixFsReader(blocks.within(reach)::find);
    }

    @Override
    public Answer<Long> export(Cid root, Reach reach, OutputStream out) throws IOException {
        BlockReader within = blocks.within(reach);
        return switch (CarExport.run(within, List.of(root), Walk.Limits.DEFAULT, out)) {
            case CarExport.Result.Written(long count, long _, long _) -> new Answer.Got<>(count);
            case CarExport.Result.Stuck(Walk.Step.Stuck(Cid cid, Walk.Reason reason, String detail)) ->
                new Answer.Failed<>(new BackendFailure(reason == Walk.Reason.MISSING
                        ? BackendFailure.Kind.NOT_FOUND
                        : BackendFailure.Kind.BROKEN_ANSWER, "block " + cid + ": " + detail));
        };
    }

    @Override
    public Answer<CarPlan> plan(CarWish wish) {
        return answer(new GatewayCars(blocks.here()).plan(wish));
    }

    @Override
    public Answer<Long> write(CarPlan plan, OutputStream out) throws IOException {
        return answer(new GatewayCars(blocks.here()).write(plan, out));
    }

    private static <T> Answer<T> answer(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> new Answer.Got<>(value);
            case Outcome.Failed<T>(UnixFsFailure failure) -> new Answer.Failed<>(Failures.of(failure));
        };
    }
}
