package io.pinfold.cli.files;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import io.pinfold.cli.http.Multipart;
import io.pinfold.cli.http.RequestBody.UnreadableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Files and folders of this machine that are to be sent, and standard input. Symbolic links are sent as such; devices, sockets and
 * the like are refused.
 *
 * @param hidden whether entries of folders whose names begin with a dot are sent
 * @param input what {@code -} stands for
 */
public record LocalFiles(List<String> given, boolean hidden, InputStream input) {

    /** How standard input is written. */
    public static final String STANDARD_INPUT = "-";
    /** The greatest number of folders within one another. */
    public static final int MAX_DEPTH = 256;

    public LocalFiles {
        given = List.copyOf(given);
    }

    /**
     * Complains about what is not there, folders that were not meant, and names of which only one can be in a folder.
     *
     * @param usage the exit code of a program whose arguments are wrong
     */
    public void check(boolean foldersToo, boolean inOneFolder, int usage) throws Complaint {
        Set<String> names = new HashSet<>();
        for (String text : given) {
            if (text.equals(STANDARD_INPUT)) {
                if (given.stream().filter(text::equals).count() > 1) {
                    throw new Complaint("error: standard input (-) can be read only once", usage);
                }
                continue;
            }
            Path path = path(text, usage);
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new Complaint("error: there is no " + path, usage);
            }
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && !foldersToo) {
                throw new Complaint("error: " + path + " is a folder; -r adds it with all that it holds",
                        usage);
            }
            String name = name(path);
            if (name.isEmpty() || (!names.add(name) && inOneFolder)) {
                throw new Complaint(name.isEmpty()
                        ? "error: " + path + " has no name"
                        : "error: two of these are called " + name + ", and one folder cannot have both",
                        usage);
            }
        }
    }

    private static Path path(String text, int usage) throws Complaint {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new Complaint("error: " + text + " is no path: " + e.getReason(), usage);
        }
    }

    /** How many bytes of files there are, counted only where somebody sees it. */
    public OptionalLong bytes(Console console) {
        if (!console.errIsTerminal() || given.contains(STANDARD_INPUT)) {
            return OptionalLong.empty();
        }
        long[] sum = new long[1];
        for (String text : given) {
            try {
                Files.walkFileTree(Path.of(text), new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        sum[0] += attributes.isRegularFile() ? attributes.size() : 0;
                        return FileVisitResult.CONTINUE;
                    }
                });
            } catch (IOException _) {
                return OptionalLong.empty(); // sending it says why
            }
        }
        return OptionalLong.of(sum[0]);
    }

    /** Sends all of them. */
    public void writeTo(Multipart parts) throws IOException {
        for (String text : given) {
            if (text.equals(STANDARD_INPUT)) {
                parts.file("", input, "standard input");
            } else {
                write(parts, Path.of(text), name(Path.of(text)), 0);
            }
        }
    }

    private void write(Multipart parts, Path path, String name, int depth) throws IOException {
        BasicFileAttributes attributes = facts(path);
        if (attributes.isSymbolicLink()) {
            parts.symlink(name, target(path));
        } else if (attributes.isDirectory()) {
            if (depth == MAX_DEPTH) {
                throw new UnreadableException(path + " is deeper than " + MAX_DEPTH + " folders");
            }
            parts.folder(name);
            for (Path entry : entries(path)) {
                write(parts, entry, name + "/" + entry.getFileName(), depth + 1);
            }
        } else if (attributes.isRegularFile()) {
            try (InputStream content = open(path)) {
                parts.file(name, content, path.toString());
            }
        } else {
            throw new UnreadableException(path + " is neither a file, a folder nor a symbolic link");
        }
    }

    private List<Path> entries(Path folder) throws UnreadableException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
            for (Path entry : inside) {
                if (hidden || !name(entry).startsWith(".")) {
                    entries.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw unreadable(folder, e);
        }
        entries.sort(null);
        return entries;
    }

    private static BasicFileAttributes facts(Path path) throws UnreadableException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static String target(Path link) throws UnreadableException {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            throw unreadable(link, e);
        }
    }

    private static InputStream open(Path file) throws UnreadableException {
        try {
            return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static UnreadableException unreadable(Path path, Exception problem) {
        return new UnreadableException(path + " cannot be read: " + problem);
    }

    private static String name(Path path) {
        Path last = path.toAbsolutePath().normalize().getFileName();
        return last == null ? "" : last.toString();
    }
}
