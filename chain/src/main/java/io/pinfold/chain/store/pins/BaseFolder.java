package io.pinfold.chain.store.pins;

import io.pinfold.chain.store.file.FileSystemAccess;
import io.pinfold.chain.store.file.StoreFile;
import io.pinfold.chain.store.file.Uninterrupted;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The files of bases: {@code base-HEIGHT.db} with the pins, {@code base-HEIGHT.meta} with what makes it valid, and
 * {@code building.*} for the one in the making.
 *
 * <p>A base exists when its meta file does: that is renamed last and deleted first.
 */
final class BaseFolder {

    private static final Pattern META = Pattern.compile("base-(\\d{16})\\.meta");
    private static final Pattern OTHER = Pattern.compile("base-\\d{16}\\.db|building\\..*");
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path folder;
    private final FileSystemAccess files;

    BaseFolder(Path folder, FileSystemAccess files) {
        this.folder = folder;
        this.files = files;
    }

    Path path() {
        return folder;
    }

    FileSystemAccess files() {
        return files;
    }

    /** The file to build a base in. */
    Path building() {
        return folder.resolve("building.db");
    }

    /** The heights of the bases, newest first. */
    NavigableSet<Long> heights() throws IOException {
        NavigableSet<Long> heights = new TreeSet<>(Collections.reverseOrder());
        for (String name : names()) {
            Matcher meta = META.matcher(name);
            if (meta.matches()) {
                heights.add(Long.parseLong(meta.group(1)));
            }
        }
        return heights;
    }

    /** Removes what a crash has left of bases in the making or going. */
    void tidy() throws IOException {
        Set<Path> valid = heights().stream().map(this::data).collect(Collectors.toSet());
        for (String name : names()) {
            if (OTHER.matcher(name).matches() && !valid.contains(folder.resolve(name))) {
                files.delete(folder.resolve(name));
            }
        }
    }

    /** Makes the file {@link #building} the base that {@code meta} describes, durably. */
    void publish(BaseMeta meta) throws IOException {
        Path building = folder.resolve("building.meta");
        files.delete(building);
        try (StoreFile file = files.open(building, true)) {
            file.write(meta.encode().toBuffer(), 0);
            file.force();
        }
        long height = meta.mark().height();
        files.rename(building(), data(height));
        files.rename(building, meta(height));
        files.forceFolder(folder);
    }

    /** Removes the base at {@code height}, durably. */
    void delete(long height) throws IOException {
        files.delete(meta(height));
        files.forceFolder(folder);
        files.delete(data(height));
    }

    /** Opens the base at {@code height} after comparing every byte of it with its checksum. */
    BaseOpening open(long height) {
        try {
            return switch (readMeta(height)) {
                case Decoded.Refused<BaseMeta>(Refusal refusal) ->
                    new BaseOpening.PassedOver(height, refusal.toString());
                case Decoded.Ok<BaseMeta>(BaseMeta meta) -> open(height, meta);
            };
        } catch (IOException e) {
            return new BaseOpening.PassedOver(height, e.toString());
        }
    }

    /** Size and CRC32C of the file {@code path}. */
    FileSum sum(Path path) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        long at = 0;
        try (StoreFile file = files.open(path, false)) {
            while (file.read(buffer.clear(), at) > 0) {
                at += buffer.flip().remaining();
                crc.update(buffer);
            }
        }
        return new FileSum(at, (int) crc.getValue());
    }

    /** The size and the CRC32C of a file. */
    record FileSum(long bytes, int checksum) {}

    private BaseOpening open(long height, BaseMeta meta) throws IOException {
        if (meta.mark().height() != height) {
            return new BaseOpening.PassedOver(height, "it says that its height is " + meta.mark().height());
        }
        if (!sum(data(height)).equals(new FileSum(meta.fileBytes(), meta.fileChecksum()))) {
            return new BaseOpening.PassedOver(height, "size or checksum is wrong");
        }
        return new BaseOpening.Opened(Uninterrupted.call(() -> FileBase.open(data(height), meta)));
    }

    private Decoded<BaseMeta> readMeta(long height) throws IOException {
        try (StoreFile file = files.open(meta(height), false)) {
            long size = file.size();
            if (size > BaseMeta.MAX_BYTES) {
                return Decoded.refused(Refusal.Kind.TOO_LONG, "meta file of " + size + " bytes");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) size);
            file.read(bytes, 0);
            return BaseMeta.decode(Bytes.copyOf(bytes.array()));
        }
    }

    Path data(long height) {
        return folder.resolve("base-%016d.db".formatted(height));
    }

    private Path meta(long height) {
        return folder.resolve("base-%016d.meta".formatted(height));
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.map(path -> String.valueOf(path.getFileName())).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
