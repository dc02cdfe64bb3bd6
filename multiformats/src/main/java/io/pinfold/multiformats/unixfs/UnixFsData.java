package io.pinfold.multiformats.unixfs;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The message that makes a DAG-PB node a file, a folder, a part of one, or a symbolic link.
 *
 * <p>Sizes are its writer's claims. Empty data is not written, and not told from absent data.
 *
 * @param data content of a leaf, target of a symbolic link, bit-field of a shard
 * @param fileSize bytes of the file in this node and below
 * @param blockSizes bytes of the file below each link
 * @param shard for shards of a folder
 */
public record UnixFsData(UnixFsType type, Bytes data, OptionalLong fileSize, List<Long> blockSizes,
        Optional<UnixFsShard> shard, UnixFsStat stat) {

    /** The greatest size of an encoding, in bytes. */
    public static final int MAX_BYTES = 2 << 20;
    /** The greatest number of fields of an encoding. */
    public static final int MAX_FIELDS = 1 << 17;

    /** Copies the list. */
    public UnixFsData {
        blockSizes = List.copyOf(blockSizes);
    }

    /** A leaf of a file. */
    public static UnixFsData leaf(Bytes content, UnixFsStat stat) {
        return new UnixFsData(UnixFsType.FILE, content, OptionalLong.of(content.size()), List.of(), Optional.empty(),
                stat);
    }

    /** A node of a file of {@code fileSize} bytes whose content is below its links. */
    public static UnixFsData file(long fileSize, List<Long> blockSizes, UnixFsStat stat) {
        return new UnixFsData(UnixFsType.FILE, Bytes.EMPTY, OptionalLong.of(fileSize), blockSizes, Optional.empty(),
                stat);
    }

    /** A folder whose entries are its links. */
    public static UnixFsData folder(UnixFsStat stat) {
        return new UnixFsData(UnixFsType.DIRECTORY, Bytes.EMPTY, OptionalLong.empty(), List.of(), Optional.empty(),
                stat);
    }

    /** A symbolic link. */
    public static UnixFsData symlink(Bytes target, UnixFsStat stat) {
        return new UnixFsData(UnixFsType.SYMLINK, target, OptionalLong.empty(), List.of(), Optional.empty(), stat);
    }

    /** A shard of a folder. */
    public static UnixFsData shard(Bytes bitField, UnixFsShard shard, UnixFsStat stat) {
        return new UnixFsData(UnixFsType.HAMT_SHARD, bitField, OptionalLong.empty(), List.of(), Optional.of(shard),
                stat);
    }

    /** The encoding, its fields in the order of their numbers. */
    public Bytes encode() {
        return UnixFsCodec.encode(this);
    }

    /**
     * The message that {@code encoded} is, wholly.
     *
     * <p>As tolerant as protobuf: fields come in any order, the last of repeated ones counts, unknown ones are passed over. A
     * time whose nanoseconds are not below a second counts as absent, as the specification asks. Refused: TOO_LONG and
     * TOO_MANY beyond {@value #MAX_BYTES} bytes and {@value #MAX_FIELDS} fields; TRUNCATED; NOT_CANONICAL for varints that are
     * not minimal; OVERFLOW for sizes from 2^63 and times beyond {@link java.time.Instant}; MALFORMED for a missing or unknown
     * type and wrong wire types.
     */
    public static Decoded<UnixFsData> decode(Bytes encoded) {
        return UnixFsCodec.decode(encoded);
    }
}
