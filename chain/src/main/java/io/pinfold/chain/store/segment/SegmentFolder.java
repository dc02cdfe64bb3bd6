package io.pinfold.chain.store.segment;

import io.pinfold.chain.store.file.FileSystemAccess;
import io.pinfold.chain.store.file.StoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The segment files of a log by number; files with other names are left alone. */
final class SegmentFolder {

    /** The greatest number of a segment. */
    static final int MAX_SEGMENT = 99_999_999;

    private static final Pattern NAME = Pattern.compile("(\\d{8})\\.seg");

    private final Path folder;
    private final FileSystemAccess files;

    SegmentFolder(Path folder, FileSystemAccess files) {
        this.folder = folder;
        this.files = files;
    }

    Path path(int segment) {
        return folder.resolve("%08d.seg".formatted(segment));
    }

    SortedSet<Integer> numbers() throws IOException {
        SortedSet<Integer> numbers = new TreeSet<>();
        try (Stream<Path> list = Files.list(folder)) {
            list.forEach(path -> {
                Matcher name = NAME.matcher(String.valueOf(path.getFileName()));
                if (name.matches() && Integer.parseInt(name.group(1)) > 0) {
                    numbers.add(Integer.parseInt(name.group(1)));
                }
            });
        }
        return numbers;
    }

    StoreFile open(int segment) throws IOException {
        return files.open(path(segment), false);
    }

    /** A new segment file with its header, both on the disk; after an error there is none. */
    StoreFile create(SegmentHeader header) throws IOException {
        Path path = path(header.segment());
        StoreFile file = files.open(path, true);
        try {
            file.write(header.encode(), 0);
            file.force();
            files.forceFolder(folder);
            return file;
        } catch (IOException e) {
            try (file) {
                files.delete(path);
            } catch (IOException undo) {
                e.addSuppressed(undo);
            }
            throw e;
        }
    }

    void delete(int segment) throws IOException {
        files.delete(path(segment));
    }
}
