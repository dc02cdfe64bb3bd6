package io.pinfold.api;

import io.pinfold.follower.view.AddOperations;
import io.pinfold.follower.view.AddRequest;
import io.pinfold.follower.view.Added;
import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.Upload;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Takes uploads into memory, every file as one raw block, and remembers what it was asked. */
public final class FakeAdding implements AddOperations {

    public final List<AddRequest> requests = new CopyOnWriteArrayList<>();
    /** Name and text of every file. */
    public final List<String> files = new CopyOnWriteArrayList<>();
    /** Why nothing is taken. */
    public volatile Optional<Failure> hindrance = Optional.empty();
    /** What an upload ends with. */
    public volatile Optional<Failure> failure = Optional.empty();

    @Override
    public Optional<Failure> hindrance(AddRequest request) {
        return hindrance;
    }

    @Override
    public Answer<List<Cid>> add(AddRequest request, Upload upload, Consumer<? super Added> each) {
        requests.add(request);
        List<Cid> cids = new ArrayList<>();
        try {
            for (Optional<Upload.Entry> next = upload.next(); next.isPresent(); next = upload.next()) {
                if (next.get() instanceof Upload.File file) {
                    String name = String.join("/", file.path().stream().map(FakeAdding::text).toList());
                    cids.add(take(name, file.content(), each));
                }
            }
        } catch (IOException e) {
            return Answer.failed(new Failure.Invalid("upload", "it cannot be read: " + e.getMessage()));
        }
        return failure.<Answer<List<Cid>>>map(Answer::failed).orElseGet(() -> Answer.done(cids));
    }

    @Override
    public Answer<List<Cid>> addCar(AddRequest request, String name, InputStream car, Consumer<? super Added> each) {
        requests.add(request);
        try {
            return Answer.done(List.of(take(name, car, each)));
        } catch (IOException e) {
            return Answer.failed(new Failure.Invalid("CAR", "it cannot be read: " + e.getMessage()));
        }
    }

    private Cid take(String name, InputStream content, Consumer<? super Added> each) throws IOException {
        Bytes data = Bytes.copyOf(content.readAllBytes());
        files.add(name + "=" + text(data));
        each.accept(new Added.Progress(name, data.size()));
        Cid cid = Cid.raw(data);
        each.accept(new Added.Entry(name, cid, data.size(), List.of(Samples.PEER_1)));
        return cid;
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toArray(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
