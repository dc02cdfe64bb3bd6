package io.pinfold.ipfsnode.unixfs.read;

import io.pinfold.ipfsnode.unixfs.Names;
import io.pinfold.ipfsnode.unixfs.Outcome;
import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import io.pinfold.multiformats.unixfs.UnixFsType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;

/**
 * Writes files and folders to this machine's disk.
 *
 * <p>Nothing is written but below the target, which must not be there yet: every file and folder is made anew, by one name
 * that is no path, so that neither a name nor a symbolic link of the content leads elsewhere. Symbolic links are made as they
 * are written, and not followed. Permissions are set without set-id bits. After a failure the target has what was written so
 * far. Used once.
 */
public final class Export {

    /** The greatest number of folders within one another. */
    public static final int MAX_DEPTH = 256;

    /** The greatest number of links of the folders that are being written, some 200 bytes of memory each. */
    private static final int MAX_LINKS = 1 << 19;

    private final UnixFsReader reader;
    private final Limits limits;
    private long links;
    private long bytes;
    private long entries;

    /**
     * How much is written at most: content of a few blocks can be of any size, since a block counts wherever it is linked.
     *
     * @param bytes of all files together
     * @param entries files, folders and symbolic links
     */
    public record Limits(long bytes, long entries) {}

    private Export(UnixFsReader reader, Limits limits) {
        this.reader = reader;
        this.limits = limits;
    }

    /** Writes what is at {@code cid} to {@code target}, and gives the bytes of files that were written. */
    public static Outcome<Long> run(UnixFsReader reader, Cid cid, Path target, Limits limits) {
        return Outcome.attempt(() -> {
            Export export = new Export(reader, limits);
            export.write(cid, target, 0);
            return export.bytes;
        });
    }

    private void write(Cid cid, Path target, int depth) throws UnixFsException {
        if (++entries > limits.entries()) {
            throw new UnixFsException(Problem.TOO_MANY, "more than " + limits.entries() + " files and folders");
        }
        UnixFsNode node = UnixFsNode.load(reader.blocks(), cid);
        try {
            switch (node.data().type()) {
                case FILE, RAW -> writeFile(node, target);
                case DIRECTORY, HAMT_SHARD -> writeFolder(node, target, depth);
                case SYMLINK ->
                    Files.createSymbolicLink(target, target.getFileSystem().getPath(Names.text(node.data().data())));
                case METADATA -> throw new UnixFsException(Problem.MALFORMED, cid + " is of a type never used");
            }
            setStat(node, target);
        } catch (IOException e) {
            throw new UnixFsException(Problem.UNWRITABLE, target + " cannot be written: " + e);
        } catch (InvalidPathException e) {
            throw new UnixFsException(Problem.BAD_NAME, cid + " leads to what is no path here");
        }
    }

    private void writeFile(UnixFsNode file, Path target) throws UnixFsException, IOException {
        long size = file.fileSize();
        if (size > limits.bytes() - bytes) {
            throw new UnixFsException(Problem.TOO_LARGE, "more than " + limits.bytes() + " bytes");
        }
        try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
            reader.copy(file, 0, size, out);
        }
        bytes += size;
    }

    private void writeFolder(UnixFsNode folder, Path target, int depth) throws UnixFsException, IOException {
        if (depth == MAX_DEPTH) {
            throw new UnixFsException(Problem.TOO_DEEP, target + " is deeper than " + MAX_DEPTH + " folders");
        }
        links += folder.links().size();
        if (links > MAX_LINKS) {
            throw new UnixFsException(Problem.TOO_MANY,
                    "folders within one another have more than " + MAX_LINKS + " links");
        }
        Files.createDirectory(target);
        new FolderReader(reader.blocks()).list(folder,
                item -> write(item.cid(), child(target, item.name()), depth + 1));
        links -= folder.links().size();
    }

    private static Path child(Path folder, Bytes name) throws UnixFsException {
        String text = Names.text(Names.check(name));
        if (!Names.bytes(text).equals(name)) {
            throw new UnixFsException(Problem.BAD_NAME, "a name that is no UTF-8: " + text);
        }
        try {
            Path child = folder.resolve(text);
            Path last = child.getFileName();
            if (last != null && last.toString().equals(text) && folder.equals(child.getParent())) {
                return child;
            }
        } catch (InvalidPathException e) {
            // no name on this machine
        }
        throw new UnixFsException(Problem.BAD_NAME, "a name that cannot be here: " + text);
    }

    private static void setStat(UnixFsNode node, Path target) throws IOException {
        UnixFsStat stat = node.data().stat();
        boolean hasPermissions = node.data().type() != UnixFsType.SYMLINK
                && target.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (stat.mode().isPresent() && hasPermissions) {
            Files.setPosixFilePermissions(target, UnixFsStat.permissions(stat.mode().getAsInt()));
        }
        if (stat.mtime().isPresent()) {
            FileTime time = FileTime.from(stat.mtime().get());
            Files.getFileAttributeView(target, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(time, null, null);
        }
    }
}
