package io.pinfold.ipfsnode.node;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfsnode.BlockReader.Found;
import io.pinfold.ipfsnode.Blockstore.Put;
import io.pinfold.ipfsnode.pins.Budget;
import io.pinfold.ipfsnode.pins.ImportSession;
import io.pinfold.ipfsnode.pins.Pin;
import io.pinfold.ipfsnode.pins.PinOutcome;
import io.pinfold.ipfsnode.pins.PinStatus;
import io.pinfold.ipfsnode.pins.Pins;
import io.pinfold.ipfsnode.unixfs.Outcome;
import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure;
import io.pinfold.ipfsnode.unixfs.read.UnixFsEntry;
import io.pinfold.ipfsnode.unixfs.read.UnixFsReader;
import io.pinfold.ipfsnode.unixfs.write.Importer;
import io.pinfold.ipfsnode.unixfs.write.Layout;
import io.pinfold.libp2p.limit.Deadline;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

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

    Answer<Cid> add(InputStream content, String name) {
        Optional<ImportSession> begun = pins.beginImport();
        if (begun.isEmpty()) {
            return failed(Kind.REFUSED, "too much is being put in or pinned at present");
        }
        try (ImportSession session = begun.get()) {
            AtomicReference<BackendFailure> obstacle = new AtomicReference<>();
            Cid root;
            try (Importer importer = new Importer(Layout.KUBO_CID_V1, some -> put(session, some, obstacle))) {
                root = importer.file(content, UNKNOWN_SIZE, UnixFsStat.NONE).cid();
                importer.flush();
            } catch (UnixFsException e) {
                return new Answer.Failed<>(
                        Optional.ofNullable(obstacle.get()).orElseGet(() -> Failures.of(e.failure())));
            }
            return pins.status(root) instanceof PinStatus.Finished(Pin there) && there.isRecursive()
                    ? new Answer.Got<>(root)
                    : commit(session, new Pin(root, Pin.ALL, name));
        }
    }

    private static Answer<Cid> commit(ImportSession session, Pin pin) {
        return switch (session.commit(pin)) {
            case PinOutcome.Done _ -> new Answer.Got<>(pin.root());
            case PinOutcome.Trouble(String detail, boolean full) -> new Answer.Failed<>(Failures.disk(detail, full));
            case PinOutcome other -> failed(Kind.REFUSED, pin.root() + " could not be pinned: " + other);
        };
    }

    private Put put(ImportSession session, List<Block> some, AtomicReference<BackendFailure> obstacle) {
        return switch (session.put(some)) {
            case ImportSession.Imported.Stored(long newBytes) -> new Put.Stored(newBytes);
            case ImportSession.Imported.OverBudget(long bytes) -> {
                BackendFailure failure = Failures.overBudget(bytes, budget.used(), budget.max());
                obstacle.set(failure);
                yield new Put.Full(failure.detail());
            }
            case ImportSession.Imported.Unreadable(Cid cid, var refusal) -> new Put.Failed(cid + ": " + refusal);
            case ImportSession.Imported.Trouble(String detail, boolean full) ->
                full ? new Put.Full(detail) : new Put.Failed(detail);
        };
    }

    Answer<Bytes> cat(Cid root, int maxBytes, Duration timeout) {
        var content = new ByteArrayOutputStream();
        try {
            return switch (reader(timeout).cat(root, 0, maxBytes + 1L, content)) {
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
        return switch (reader(timeout).resolve(root, path)) {
            case Outcome.Done<Cid>(Cid cid) -> new Answer.Got<>(cid);
            case Outcome.Failed<Cid>(UnixFsFailure failure) -> new Answer.Failed<>(Failures.of(failure));
        };
    }

    /** A reader that fetches what is not here, for so long in all. */
    private UnixFsReader reader(Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        return new UnixFsReader(
                cid -> blocks.get(cid, Block.MAX_SIZE, deadline.left(), false) instanceof Answer.Got<Bytes>(Bytes data)
                        ? new Found.Present(data)
                        : new Found.Absent());
    }

    private static <T> Answer<T> failed(Kind kind, String detail) {
        return new Answer.Failed<>(new BackendFailure(kind, detail));
    }
}
