package io.pinfold.follower.view;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Files and folders that come one after the other, each folder before what is in it and all of that before anything else; a
 * folder need not be named itself. For one thread.
 */
@FunctionalInterface
public interface Upload {

    /** Nothing. */
    Upload EMPTY = Optional::empty;

    /** The next entry, or nothing after the last one; ends the content of the one before. */
    Optional<Entry> next() throws IOException;

    /** A file, folder or symbolic link. */
    sealed interface Entry {

        /**
         * The names of the folders from the outermost on and of the entry itself, each not empty, not one of the two dots, and
         * without slash and NUL. Empty for a file without a name.
         */
        List<Bytes> path();

        /** What the sender's file system knows of it. */
        UnixFsStat stat();
    }

    /** A file, whose content is read before the next entry is asked for. */
    record File(List<Bytes> path, UnixFsStat stat, InputStream content) implements Entry {

        public File {
            path = List.copyOf(path);
        }
    }

    /** A folder; what is in it follows. */
    record Folder(List<Bytes> path, UnixFsStat stat) implements Entry {

        public Folder {
            path = List.copyOf(path);
        }
    }

    /** A symbolic link. */
    record Symlink(List<Bytes> path, UnixFsStat stat, Bytes target) implements Entry {

        public Symlink {
            path = List.copyOf(path);
        }
    }
}
