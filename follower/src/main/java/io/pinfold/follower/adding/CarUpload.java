package io.pinfold.follower.adding;

import io.pinfold.follower.view.AddRequest;
import io.pinfold.follower.view.AddRequest.Goal;
import io.pinfold.follower.view.Added;
import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.Failure;
import io.pinfold.ipfsnode.dag.CarImport;
import io.pinfold.ipfsnode.node.ImportSink;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Refusal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;

/** Takes the blocks out of a CAR. */
final class CarUpload {

    private static final int BUFFER = 128 * 1024;

    private CarUpload() {}

    static Answer<List<Added.Entry>> run(AddRequest request, String name, InputStream car, ImportSink sink,
            Consumer<? super Added> each) {
        try {
            return switch (CarImport.run(new BufferedInputStream(car, BUFFER), sink::put)) {
                case CarImport.Result.Refused(Refusal refusal) ->
                    invalid(refusal.kind() + ": " + refusal.detail());
                case CarImport.Result.NotStored(var reason) -> Answer.failed(new Failure.NotStored(reason.toString()));
                case CarImport.Result.Stored(List<Cid> roots, long blocks, long bytes) -> {
                    if (request.goal() instanceof Goal.Cluster && roots.size() != 1) {
                        yield invalid("it has " + roots.size() + " roots, and exactly one is needed");
                    }
                    if (request.progress()) {
                        each.accept(new Added.Archive(name, blocks, bytes));
                    }
                    yield Answer.done(roots.stream()
                            .map(root -> new Added.Entry(name, root, bytes, List.of()))
                            .toList());
                }
            };
        } catch (IOException e) {
            return invalid("it cannot be read: " + e.getMessage());
        }
    }

    private static <T> Answer<T> invalid(String why) {
        return Answer.failed(new Failure.Invalid("CAR", why));
    }
}
