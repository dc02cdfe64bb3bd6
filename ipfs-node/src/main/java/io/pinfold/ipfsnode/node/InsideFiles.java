package io.pinfold.ipfsnode.node;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
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
        Duration patience = reach instanceof Reach.Everywhere(Duration wanted) ? wanted : Duration.ZERO;
        try (Reading within = blocks.within(reach)) {
            return names.resolve(path, patience, (root, below) -> answer(reader(within).resolve(root, below)));
        }
    }

    @Override
    public Answer<UnixFsEntry> entry(Cid cid, Reach reach) {
        try (Reading within = blocks.within(reach)) {
            return answer(reader(within).entry(cid));
        }
    }

    @Override
    public Answer<UnixFsEntry> list(Cid folder, Reach reach, Consumer<FolderItem> each) {
        try (Reading within = blocks.within(reach)) {
            return answer(reader(within).list(folder, each));
        }
    }

    @Override
    public Answer<UnixFsEntry> cat(Cid file, long from, long to, Reach reach, OutputStream out) throws IOException {
        try (Reading within = blocks.within(reach)) {
            return answer(reader(within).cat(file, from, to, out));
        }
    }

    private static UnixFsReader reader(Reading within) {
        return new UnixFsReader(within::find);
    }

    @Override
    public Answer<Long> export(Cid root, Reach reach, OutputStream out) throws IOException {
        try (Reading within = blocks.within(reach)) {
            return switch (CarExport.run(within, List.of(root), Walk.Limits.DEFAULT, out)) {
                case CarExport.Result.Written(long count, long _, long _) -> new Answer.Got<>(count);
                case CarExport.Result.Stuck(Walk.Step.Stuck(Cid cid, Walk.Reason reason, String detail)) ->
                    new Answer.Failed<>(new BackendFailure(reason == Walk.Reason.MISSING
                            ? BackendFailure.Kind.NOT_FOUND
                            : BackendFailure.Kind.BROKEN_ANSWER, "block " + cid + ": " + detail));
            };
        }
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
