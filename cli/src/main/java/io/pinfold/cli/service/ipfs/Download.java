package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.console.Complaint;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Writes content of a node as files, folders and symbolic links.
 *
 * <p>All that is written is new and within the folder that was given: a name with a slash or of dots only is an error, what is there
 * already is never opened, and no symbolic link is followed.
 */
final class Download {

    /** The greatest number of folders within one another. */
    static final int MAX_DEPTH = 256;
    /** The greatest number of entries of one folder, which are held in memory. */
    static final int MAX_ENTRIES = 1_000_000;

    private static final int OWN = 0700;

    private final NodeClient node;
    private final LongConsumer moved;
    private long files;
    private long folders;
    private long links;
    private long bytes;

    /** From {@code node}; {@code moved} hears of bytes that were written. */
    Download(NodeClient node, LongConsumer moved) {
        this.node = node;
        this.moved = moved;
    }

    long files() {
        return files;
    }

    long folders() {
        return folders;
    }

    long links() {
        return links;
    }

    long bytes() {
        return bytes;
    }

    /** Writes {@code entry}, which people know as {@code shown}, to {@code target}, where nothing is. */
    void write(Entry entry, Path target, String shown) throws Complaint {
        write(entry, target, shown, 0);
    }

    private void write(Entry entry, Path target, String shown, int depth) throws Complaint {
        try {
            switch (entry.kind()) {
                case FILE -> file(entry, target, shown);
                case FOLDER -> folder(entry, target, shown, depth);
                case SYMLINK -> {
                    Files.createSymbolicLink(target, target.getFileSystem().getPath(entry.target()));
                    links++;
                }
                case OTHER -> throw failed(shown + " is no file or folder; 'ipfs export' takes any content");
            }
            note(entry, target);
        } catch (IOException e) {
            throw failed(String.valueOf(LocalOutput.unwritable(target.toString(), e).getMessage()));
        } catch (InvalidPathException e) {
            throw failed(shown + " leads to what is no path here");
        }
    }

    private void file(Entry entry, Path target, String shown) throws Complaint {
        node.bytes(shown, NodeRequest.of("cat").with("arg", entry.cid()), (content, _) -> {
            try (LocalOutput out = LocalOutput.create(target)) {
                bytes += Copying.copy(content, out, moved);
            }
        });
        files++;
    }

    private void folder(Entry folder, Path target, String shown, int depth) throws Complaint, IOException {
        if (depth == MAX_DEPTH) {
            throw failed(shown + " is deeper than " + MAX_DEPTH + " folders");
        }
        Files.createDirectory(target);
        folders++;
        List<Entry> entries = new ArrayList<>();
        Entry.list(node, ContentPath.parse(folder.cid()), entry -> {
            if (entries.size() == MAX_ENTRIES) {
                throw failed(shown + " has more than " + MAX_ENTRIES + " entries; 'ipfs export' takes it");
            }
            entries.add(entry);
        });
        for (Entry entry : entries) {
            write(entry, child(target, entry.name(), shown), shown + "/" + Shown.text(entry.name()), depth + 1);
        }
    }

    private static Path child(Path folder, String name, String shown) throws Complaint {
        if (!name.isEmpty() && !name.equals(".") && !name.equals("..") && name.indexOf('/') < 0) {
            try {
                Path child = folder.resolve(name);
                Path last = child.getFileName();
                if (folder.equals(child.getParent()) && last != null && last.toString().equals(name)) {
                    return child;
                }
            } catch (InvalidPathException _) {
                // no name on this machine
            }
        }
        throw failed(shown + " has an entry with a name that cannot be here: '" + Shown.text(name) + "'");
    }

    /** Sets permissions and time, if they were noted; the owner may always enter his folders. */
    private static void note(Entry entry, Path target) throws IOException {
        boolean hasPermissions = entry.kind() != Entry.Kind.SYMLINK
                && target.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (entry.mode().isPresent() && hasPermissions) {
            int own = entry.kind() == Entry.Kind.FOLDER ? OWN : 0;
            Files.setPosixFilePermissions(target, UnixFsStat.permissions(entry.mode().getAsInt() | own));
        }
        if (entry.mtime().isPresent()) {
            Files.getFileAttributeView(target, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(FileTime.from(entry.mtime().get()), null, null);
        }
    }

    private static Complaint failed(String what) {
        return new Complaint("error: " + what, IpfsExit.FAILED);
    }
}
