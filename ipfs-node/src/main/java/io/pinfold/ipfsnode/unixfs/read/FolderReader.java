package io.pinfold.ipfsnode.unixfs.read;

import io.pinfold.ipfsnode.unixfs.Murmur3;
import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.dagpb.PbLink;
import io.pinfold.multiformats.unixfs.UnixFsType;
import java.util.Optional;

/** Lists the entries of a folder, or finds one, in one block or in shards. */
final class FolderReader {

    /** The greatest number of entries of a folder. */
    static final int MAX_ENTRIES = 1 << 20;

    private final BlockGetter blocks;
    private int count;
    private int shards;

    /** Takes the entries of a folder. */
    @FunctionalInterface
    interface Visitor {
        /** Takes an entry. */
        void visit(FolderItem item) throws UnixFsException;
    }

    FolderReader(BlockGetter blocks) {
        this.blocks = blocks;
    }

    /** Hands the entries to {@code visitor}, those of a folder in shards in the order of their hashes. */
    void list(UnixFsNode folder, Visitor visitor) throws UnixFsException {
        if (isSharded(folder)) {
            list(Shard.root(folder), visitor);
            return;
        }
        for (PbLink link : folder.links()) {
            visitor.visit(item(link.name().orElse(Bytes.EMPTY), link));
        }
    }

    private void list(Shard shard, Visitor visitor) throws UnixFsException {
        if (shards++ == MAX_ENTRIES) { // a shard of honest makers has entries below it, no fewer than shards
            throw new UnixFsException(Problem.TOO_MANY, "a folder has more than " + MAX_ENTRIES + " shards");
        }
        int index = 0;
        for (int place = 0; place < shard.places().fanout(); place++) {
            if (shard.has(place)) {
                PbLink link = shard.node().links().get(index++);
                Bytes name = shard.name(link, place);
                if (name.isEmpty()) {
                    list(shard.below(UnixFsNode.load(blocks, link.cid()), place), visitor);
                } else {
                    visitor.visit(item(name, link));
                }
            }
        }
    }

    private FolderItem item(Bytes name, PbLink link) throws UnixFsException {
        if (count++ == MAX_ENTRIES) {
            throw new UnixFsException(Problem.TOO_MANY, "a folder has more than " + MAX_ENTRIES + " entries");
        }
        return new FolderItem(name, link.cid(), link.size());
    }

    /** The entry called {@code name}, of several the first. */
    Optional<FolderItem> find(UnixFsNode folder, Bytes name) throws UnixFsException {
        if (isSharded(folder)) {
            return find(Shard.root(folder), name, Murmur3.hash(name));
        }
        return folder.links()
                .stream()
                .filter(link -> link.name().orElse(Bytes.EMPTY).equals(name))
                .findFirst()
                .map(link -> new FolderItem(name, link.cid(), link.size()));
    }

    private Optional<FolderItem> find(Shard shard, Bytes name, long hash) throws UnixFsException {
        int place = shard.places().place(hash, shard.level());
        if (!shard.has(place)) {
            return Optional.empty();
        }
        PbLink link = shard.node().links().get(shard.index(place));
        Bytes found = shard.name(link, place);
        if (found.isEmpty()) {
            return find(shard.below(UnixFsNode.load(blocks, link.cid()), place), name, hash);
        }
        return found.equals(name) ? Optional.of(new FolderItem(name, link.cid(), link.size())) : Optional.empty();
    }

    private static boolean isSharded(UnixFsNode folder) throws UnixFsException {
        if (!folder.isFolder()) {
            throw new UnixFsException(Problem.NOT_A_FOLDER, folder.cid() + " is a " + folder.data().type());
        }
        return folder.data().type() == UnixFsType.HAMT_SHARD;
    }
}
