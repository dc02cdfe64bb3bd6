package io.pinfold.follower.chain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Up to which height the chain's blocks are pinned in the backend: one number in a small file, with the backend's name.
 *
 * <p>A file that is not there, holds something else, or is of another backend, means that nothing is; then it is done again, which
 * changes nothing.
 */
public final class BackupMark {

    private static final Logger log = LoggerFactory.getLogger(BackupMark.class);
    private static final int MAX_BYTES = 4096;

    private final Path file;
    private final String backend;
    private long done;

    /** The mark in {@code file} for {@code backend}. */
    public BackupMark(Path file, String backend) {
        this.file = file;
        this.backend = backend;
        this.done = read();
    }

    /** The height. */
    public long done() {
        return done;
    }

    /** Moves it to {@code height}. */
    public void set(long height) {
        done = height;
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, height + " " + backend + "\n", StandardCharsets.UTF_8);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log.warn("cannot write {}: {}", file, e.toString());
        }
    }

    private long read() {
        try {
            if (!Files.exists(file) || Files.size(file) > MAX_BYTES) {
                return 0;
            }
            String[] words = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip().split(" ", 2);
            boolean ours = words.length == 2 && words[1].equals(backend) && words[0].matches("[0-9]{1,15}");
            long height = ours ? Long.parseLong(words[0]) : 0;
            return height % BackupPins.BLOCKS == 0 ? height : 0;
        } catch (IOException e) {
            log.warn("cannot read {}: {}", file, e.toString());
            return 0;
        }
    }
}
