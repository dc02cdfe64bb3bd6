package io.pinfold.ipfsnode.node;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfs.BlockImport;
import io.pinfold.ipfsnode.pins.Budget;
import io.pinfold.ipfsnode.pins.ImportBegun;
import io.pinfold.ipfsnode.pins.ImportSession;
import io.pinfold.ipfsnode.pins.Pins;
import io.pinfold.ipfsnode.unixfs.Outcome;
import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure;
import io.pinfold.ipfsnode.unixfs.read.UnixFsEntry;
import io.pinfold.ipfsnode.unixfs.read.UnixFsReader;
import io.pinfold.ipfsnode.unixfs.write.Importer;
import io.pinfold.ipfsnode.unixfs.write.Layout;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/** Files: put in under a pin, and read. */
final class FileWork {

    private static final long UNKNOWN_SIZE = -1;

    private final Pins pins;
    private final BlockWork blocks;
    private final Budget budget;

    FileWork(Pins pins, BlockWork blocks, Budget budget) {
        this.pins = pins;
        this.blocks = blocks;
        this.budget = budget;
    }

    Answer<BlockImport> beginImport() {
        return switch (pins.beginImport()) {
            case ImportBegun.Started(ImportSession session) ->
                new Answer.Got<>(new NodeImport(session, pins, budget));
            case ImportBegun.TooMany() -> failed(Kind.REFUSED, "too much is being put in or pinned at present");
            case ImportBegun.Trouble(String detail, boolean full) -> new Answer.Failed<>(Failures.disk(detail, full));
        };
    }

    Answer<Cid> add(InputStream content, String name) {
        return switch (beginImport()) {
            case Answer.Failed<BlockImport>(BackendFailure failure) -> new Answer.Failed<>(failure);
            case Answer.Got<BlockImport>(BlockImport begun) -> {
                try (begun) {
                    yield add(content, name, begun);
                }
            }
        };
    }

    private static Answer<Cid> add(InputStream content, String name, BlockImport begun) {
        ImportSink sink = new ImportSink(begun);
        try (Importer importer = new Importer(Layout.KUBO_CID_V1, sink)) {
            Cid root = importer.file(content, UNKNOWN_SIZE, UnixFsStat.NONE).cid();
            importer.flush();
            return begun.keep(root, name);
        } catch (UnixFsException e) {
            return new Answer.Failed<>(sink.failure().orElseGet(() -> Failures.of(e.failure())));
        }
    }

    Answer<Bytes> cat(Cid root, int maxBytes, Duration timeout) {
        var content = new ByteArrayOutputStream();
        try (Reading reading = blocks.reading(timeout)) {
            return switch (new UnixFsReader(reading::find).cat(root, 0, maxBytes + 1L, content)) {
                case Outcome.Failed<UnixFsEntry>(UnixFsFailure failure) -> new Answer.Failed<>(Failures.of(failure));
                case Outcome.Done<UnixFsEntry> _ -> content.size() > maxBytes
                        ? failed(Kind.BROKEN_ANSWER, root + " has more than " + maxBytes + " bytes")
                        : new Answer.Got<>(Bytes.copyOf(content.toByteArray()));
            };
        } catch (IOException _) {
            return new Answer.Failed<>(Failures.cancelled());
        }
    }

    /** The CID behind {@code path}, name by name from the folder {@code root}. */
    Answer<Cid> resolve(Cid root, List<String> path, Duration timeout) {
        try (Reading reading = blocks.reading(timeout)) {
            return switch (new UnixFsReader(reading::find).resolve(root, path)) {
                case Outcome.Done<Cid>(Cid cid) -> new Answer.Got<>(cid);
                case Outcome.Failed<Cid>(UnixFsFailure failure) -> new Answer.Failed<>(Failures.of(failure));
            };
        }
    }

    private static <T> Answer<T> failed(Kind kind, String detail) {
        return new Answer.Failed<>(new BackendFailure(kind, detail));
    }
}
