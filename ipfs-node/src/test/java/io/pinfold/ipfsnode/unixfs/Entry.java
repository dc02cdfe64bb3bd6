package io.pinfold.ipfsnode.unixfs;

import io.pinfold.ipfsnode.unixfs.write.FolderWriter;
import io.pinfold.ipfsnode.unixfs.write.Imported;
import io.pinfold.ipfsnode.unixfs.write.Importer;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/** Something to import: the same for our importer and for Kubo. */
sealed interface Entry {

    UnixFsStat stat();

    /** Imports it. */
    Imported into(Importer importer) throws UnixFsException;

    /** A file whose content follows from its size and a seed; all zeros for the seed 0. */
    record FileEntry(int size, long seed, UnixFsStat stat) implements Entry {

        byte[] content() {
            byte[] content = new byte[size];
            if (seed != 0) {
                new SplittableRandom(seed).nextBytes(content);
            }
            return content;
        }

        @Override
        public Imported into(Importer importer) throws UnixFsException {
            return importer.file(new ByteArrayInputStream(content()), size, stat);
        }
    }

    /** A symbolic link. */
    record LinkEntry(String target, UnixFsStat stat) implements Entry {

        @Override
        public Imported into(Importer importer) throws UnixFsException {
            return importer.symlink(Names.bytes(target), stat);
        }
    }

    /** A folder. */
    record FolderEntry(SequencedMap<String, Entry> entries, UnixFsStat stat) implements Entry {

        @Override
        public Imported into(Importer importer) throws UnixFsException {
            FolderWriter folder = importer.folder(stat);
            for (Map.Entry<String, Entry> entry : entries.reversed().entrySet()) {
                folder.add(Names.bytes(entry.getKey()), entry.getValue().into(importer));
            }
            return folder.finish();
        }
    }

    static FileEntry file(int size) {
        return new FileEntry(size, size + 1L, UnixFsStat.NONE);
    }

    static FolderEntry folder() {
        return new FolderEntry(new LinkedHashMap<>(), UnixFsStat.NONE);
    }

    /** The folder with one more entry. */
    static FolderEntry with(FolderEntry folder, String name, Entry entry) {
        SequencedMap<String, Entry> more = new LinkedHashMap<>(folder.entries());
        more.put(name, entry);
        return new FolderEntry(more, folder.stat());
    }

    /** A folder of small files with these names. */
    static FolderEntry folderOf(Iterable<String> names) {
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        int size = 0;
        for (String name : names) {
            entries.put(name, file(size++ % 7));
        }
        return new FolderEntry(entries, UnixFsStat.NONE);
    }
}
