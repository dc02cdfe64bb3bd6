package io.pinfold.multiformats.unixfs;

import java.util.List;
import java.util.Optional;

/** The types of the UnixFS specification, with their numbers. */
public enum UnixFsType {
    /** A leaf of a file, of old. */
    RAW(0),
    /** A folder. */
    DIRECTORY(1),
    /** A file or a part of one. */
    FILE(2),
    /** Never used. */
    METADATA(3),
    /** A symbolic link. */
    SYMLINK(4),
    /** A folder in shards, or one of its shards. */
    HAMT_SHARD(5);

    private static final List<UnixFsType> ALL = List.of(values());

    private final int number;

    UnixFsType(int number) {
        this.number = number;
    }

    /** The number that stands for it in messages. */
    int number() {
        return number;
    }

    /** The type with this number, if there is one. */
    static Optional<UnixFsType> of(long number) {
        return ALL.stream().filter(type -> type.number == number).findAny();
    }
}
