package io.pinfold.ipfsnode.unixfs.write;

import io.pinfold.ipfsnode.unixfs.Names;
import io.pinfold.ipfsnode.unixfs.Outcome;
import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Imports files and folders of this machine.
 *
 * <p>Symbolic links within folders are imported as such and never followed. Devices, sockets and the like are refused. Used
 * once, by one thread.
 */
public final class PathImport {

    /** The greatest number of folders within one another. */
    public static final int MAX_DEPTH = 256;

    private final Importer importer;
    private final PathOptions options;
    private final Progress progress;

    /** Hears of what an import does. */
    @FunctionalInterface
    public interface Progress {

        /** Nobody listens. */
        Progress NONE = (_, _) -> {};

        /** What is at {@code path} has been made into blocks. */
        void imported(Path path, Imported entry);
    }

    private PathImport(Importer importer, PathOptions options, Progress progress) {
        this.importer = importer;
        this.options = options;
        this.progress = progress;
    }

    /**
     * Imports what is at {@code paths} and flushes.
     *
     * @return an entry for each path, or for the one folder around them
     */
    public static Outcome<List<Imported>> run(Importer importer, List<Path> paths, PathOptions options,
            Progress progress) {
        return Outcome.attempt(() -> {
            List<Imported> imported = new PathImport(importer, options, progress).all(paths);
            importer.flush();
            return imported;
        });
    }

    private List<Imported> all(List<Path> paths) throws UnixFsException {
        List<Imported> imported = new ArrayList<>();
        FolderWriter wrapping = importer.folder(options.stat());
        for (Path given : paths) {
            Path path = options.dereference() ? real(given) : given;
            Imported entry = entry(facts(path), 0);
            if (options.wrap()) {
                wrapping.add(name(path.toAbsolutePath().normalize()), entry);
            }
            imported.add(entry);
        }
        return options.wrap() ? List.of(wrapping.finish()) : imported;
    }

    private static Path real(Path path) throws UnixFsException {
        try {
            return Files.isSymbolicLink(path) ? path.toRealPath() : path;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private Imported entry(FileFacts facts, int depth) throws UnixFsException {
        Imported entry = switch (facts.kind()) {
            case FILE -> file(facts);
            case FOLDER -> folder(facts, depth);
            case SYMLINK -> symlink(facts);
            case OTHER -> throw new UnixFsException(Problem.UNREADABLE,
                    facts.path() + " is neither a file, a folder nor a symbolic link");
        };
        progress.imported(facts.path(), entry);
        return entry;
    }

    private Imported file(FileFacts facts) throws UnixFsException {
        try (InputStream content = Files.newInputStream(facts.path(), LinkOption.NOFOLLOW_LINKS)) {
            return importer.file(content, facts.size(), stat(facts));
        } catch (IOException e) {
            throw unreadable(facts.path(), e);
        }
    }

    private Imported symlink(FileFacts facts) throws UnixFsException {
        try {
            Bytes target = Names.bytes(Files.readSymbolicLink(facts.path()).toString());
            return importer.symlink(target, new UnixFsStat(OptionalInt.empty(), stat(facts).mtime()));
        } catch (IOException e) {
            throw unreadable(facts.path(), e);
        }
    }

    private Imported folder(FileFacts facts, int depth) throws UnixFsException {
        if (depth == MAX_DEPTH) {
            throw new UnixFsException(Problem.TOO_DEEP, facts.path() + " is deeper than " + MAX_DEPTH + " folders");
        }
        FolderWriter folder = importer.folder(stat(facts));
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(facts.path())) {
            for (Path path : inside) {
                Bytes name = name(path);
                if (options.hidden() || name.get(0) != '.') {
                    folder.add(name, entry(facts(path), depth + 1));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw unreadable(facts.path(), e);
        }
        return folder.finish();
    }

    private FileFacts facts(Path path) throws UnixFsException {
        return FileFacts.of(path, options.preserveMode());
    }

    private UnixFsStat stat(FileFacts facts) {
        return new UnixFsStat(
                options.preserveMode() ? facts.mode() : options.stat().mode(),
                options.preserveMtime() ? Optional.of(facts.mtime()) : options.stat().mtime());
    }

    private static Bytes name(Path path) throws UnixFsException {
        Path last = path.getFileName();
        return last == null ? Names.check(Bytes.EMPTY) : Names.check(Names.bytes(last.toString()));
    }

    static UnixFsException unreadable(Path path, Exception problem) {
        return new UnixFsException(Problem.UNREADABLE, path + " cannot be read: " + problem);
    }
}
