package io.pinfold.follower.adding;

import io.pinfold.follower.view.AddRequest;
import io.pinfold.follower.view.AddRequest.Goal;
import io.pinfold.follower.view.Added;
import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.Upload;
import io.pinfold.ipfsnode.unixfs.Names;
import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;
import io.pinfold.ipfsnode.unixfs.write.BlockSink;
import io.pinfold.ipfsnode.unixfs.write.FolderWriter;
import io.pinfold.ipfsnode.unixfs.write.Imported;
import io.pinfold.ipfsnode.unixfs.write.Importer;
import io.pinfold.ipfsnode.unixfs.write.Layout;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Makes the blocks of one upload, entry after entry; used once. */
final class UploadImport {

    /** The most entries of all folders that are open at once; each takes some 300 bytes of memory. */
    static final int MAX_OPEN_ENTRIES = 1 << 18;

    private static final long UNKNOWN_SIZE = -1;

    private final AddRequest request;
    private final Consumer<? super Added> each;
    private final Deque<Open> open = new ArrayDeque<>();
    private final List<Added.Entry> roots = new ArrayList<>();
    private int openEntries;

    /** A folder whose entries are still coming; the one around all has no name. */
    private static final class Open {

        private final Bytes name;
        private final String path;
        private final FolderWriter writer;
        private int entries;

        Open(Bytes name, String path, FolderWriter writer) {
            this.name = name;
            this.path = path;
            this.writer = writer;
        }
    }

    UploadImport(AddRequest request, Consumer<? super Added> each) {
        this.request = request;
        this.each = each;
    }

    /** The roots, which are not told yet; all blocks are in the sink. */
    Answer<List<Added.Entry>> run(Upload upload, BlockSink sink) {
        try (Importer importer = new Importer(layout(), sink)) {
            if (request.wrap()) {
                open.push(new Open(Bytes.EMPTY, "", importer.folder(UnixFsStat.NONE)));
            }
            boolean empty = true;
            for (Optional<Upload.Entry> next = upload.next(); next.isPresent(); next = upload.next()) {
                take(importer, next.get());
                empty = false;
            }
            if (empty) {
                return invalid("it has no files in it");
            }
            while (!open.isEmpty()) {
                finish();
            }
            importer.flush();
            return Answer.done(roots);
        } catch (UnixFsException e) {
            return invalid(e.failure().detail());
        } catch (IOException e) {
            return invalid("it cannot be read: " + e.getMessage());
        }
    }

    private static <T> Answer<T> invalid(String why) {
        return Answer.failed(new Failure.Invalid("upload", why));
    }

    private Layout layout() {
        AddRequest.Layout asked = request.layout();
        return Layout.UNIXFS_V0_2015.withCidVersion(asked.cidVersion())
                .withHash(asked.hash())
                .withChunkSize(asked.chunkSize())
                .withRawLeaves(asked.rawLeaves());
    }

    private void take(Importer importer, Upload.Entry entry) throws UnixFsException {
        List<Bytes> path = entry.path();
        enter(importer, path.isEmpty() ? path : path.subList(0, path.size() - 1));
        admit();
        switch (entry) {
            case Upload.Folder(_, UnixFsStat stat) -> push(importer, last(path), stat);
            case Upload.Symlink(_, UnixFsStat stat, Bytes target) -> deliver(last(path), path(last(path)),
                    importer.symlink(target, new UnixFsStat(OptionalInt.empty(), stat(stat).mtime())));
            case Upload.File(_, UnixFsStat stat, InputStream content) -> {
                String shown = path.isEmpty() ? "" : path(last(path));
                InputStream counted = request.progress() ? new ToldInput(content, shown, each) : content;
                Imported file = importer.file(counted, UNKNOWN_SIZE, stat(stat));
                if (path.isEmpty()) {
                    deliver(Names.bytes(file.cid().toString()), path(Names.bytes(file.cid().toString())), file);
                } else {
                    deliver(last(path), shown, file);
                }
            }
        }
    }

    /** Only one pin is made, so what comes is the only root or within it. */
    private void admit() throws UnixFsException {
        if (open.isEmpty() && request.goal() instanceof Goal.Cluster && !roots.isEmpty()) {
            throw new UnixFsException(Problem.TOO_MANY, "it has several files or folders side by side; "
                    + "have a folder made around them with wrap-with-directory=true");
        }
    }

    private static Bytes last(List<Bytes> path) throws UnixFsException {
        if (path.isEmpty()) {
            throw new UnixFsException(Problem.BAD_NAME, "a folder or symbolic link without a name");
        }
        return path.getLast();
    }

    /** Finishes the folders that are left and opens those that are entered, named before or not. */
    private void enter(Importer importer, List<Bytes> folders) throws UnixFsException {
        List<Bytes> here = new ArrayList<>(open.size());
        open.descendingIterator().forEachRemaining(folder -> here.add(folder.name));
        int base = request.wrap() ? 1 : 0;
        int same = 0;
        while (same < folders.size() && base + same < here.size() && here.get(base + same).equals(folders.get(same))) {
            same++;
        }
        while (open.size() > base + same) {
            finish();
        }
        for (Bytes name : folders.subList(same, folders.size())) {
            admit();
            push(importer, name, UnixFsStat.NONE);
        }
    }

    private void push(Importer importer, Bytes name, UnixFsStat stat) throws UnixFsException {
        open.push(new Open(Names.check(name), path(name), importer.folder(stat(stat))));
    }

    private void finish() throws UnixFsException {
        Open done = open.pop();
        openEntries -= done.entries;
        deliver(done.name, done.path, done.writer.finish());
    }

    private void deliver(Bytes name, String path, Imported imported) throws UnixFsException {
        Added.Entry entry = new Added.Entry(path, imported.cid(), imported.dagSize(), List.of());
        Open within = open.peek();
        if (within == null) {
            roots.add(entry);
            return;
        }
        if (++openEntries > MAX_OPEN_ENTRIES) {
            throw new UnixFsException(Problem.TOO_MANY,
                    "more than " + MAX_OPEN_ENTRIES + " entries in folders that lie within one another");
        }
        within.entries++;
        within.writer.add(name, imported);
        each.accept(entry);
    }

    private String path(Bytes name) {
        Open within = open.peek();
        return within == null || within.path.isEmpty() ? Names.text(name) : within.path + "/" + Names.text(name);
    }

    private UnixFsStat stat(UnixFsStat sent) {
        return new UnixFsStat(request.preserveMode() ? sent.mode() : OptionalInt.empty(),
                request.preserveMtime() ? sent.mtime() : Optional.empty());
    }
}
