package io.pinfold.cli.service.ipfs;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A file or folder that gets its name only when it is whole: until then it is beside it under a name that ends with {@code .part}, and
 * closing this takes that away.
 */
final class PartFile implements AutoCloseable {

    private final Path target;
    private final Path part;

    /** One that will be called {@code target}. */
    PartFile(Path target, RandomGenerator random) {
        this.target = target;
        this.part = target.resolveSibling(
                "." + target.getFileName() + "." + Integer.toHexString(random.nextInt()) + ".part");
    }

    /** Where to write it; nothing is there. */
    Path path() {
        return part;
    }

    /** Gives it its name; of what has that already, a file or symbolic link goes if {@code replace}. */
    void finish(boolean replace) throws IOException {
        CopyOption[] options = replace ? new CopyOption[]{StandardCopyOption.REPLACE_EXISTING} : new CopyOption[0];
        Files.move(part, target, options);
    }

    @Override
    public void close() throws IOException {
        if (!Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(part, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
