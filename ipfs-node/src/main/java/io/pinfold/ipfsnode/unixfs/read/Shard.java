package io.pinfold.ipfsnode.unixfs.read;

import io.pinfold.ipfsnode.unixfs.Murmur3;
import io.pinfold.ipfsnode.unixfs.Names;
import io.pinfold.ipfsnode.unixfs.ShardPlaces;
import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.dagpb.PbLink;
import io.pinfold.multiformats.unixfs.UnixFsShard;
import io.pinfold.multiformats.unixfs.UnixFsType;
import java.util.Optional;

/**
 * One shard of a folder, checked: its links are as many as the bits of its bit-field, and each is at the place that its bit
 * says.
 *
 * @param path bits of the names' hashes that lead here, the most significant first
 * @param level number of shards above
 */
record Shard(UnixFsNode node, ShardPlaces places, long path, int level) {

    /** The outermost shard of the folder that {@code node} is. */
    static Shard root(UnixFsNode node) throws UnixFsException {
        long fanout = node.data().shard().map(UnixFsShard::fanout).orElse(0L);
        if (!ShardPlaces.isValid(fanout)) {
            throw malformed(node, "a shard of " + fanout + " places");
        }
        return checked(new Shard(node, new ShardPlaces((int) fanout), 0, 0));
    }

    /** The shard below this one at {@code place}. */
    Shard below(UnixFsNode child, int place) throws UnixFsException {
        if (level + 1 == places.levels()) {
            throw new UnixFsException(Problem.TOO_DEEP, child.cid() + " is a shard below " + (level + 1) + " others");
        }
        long lengthened = path | (long) place << (Long.SIZE - (level + 1) * places.bits());
        return checked(new Shard(child, places, lengthened, level + 1));
    }

    private static Shard checked(Shard shard) throws UnixFsException {
        UnixFsNode node = shard.node;
        UnixFsShard expected = new UnixFsShard(UnixFsShard.MURMUR3_X64_64, shard.places.fanout());
        if (node.data().type() != UnixFsType.HAMT_SHARD || !node.data().shard().equals(Optional.of(expected))) {
            throw malformed(node, "no shard of " + expected);
        }
        Bytes bits = node.data().data();
        int count = 0;
        for (int i = 0; i < bits.size(); i++) {
            count += Integer.bitCount(Byte.toUnsignedInt(bits.get(i)));
        }
        if (bits.size() > shard.places.fanout() / Byte.SIZE || count != node.links().size()) {
            throw malformed(node, "a bit-field of " + bits.size() + " bytes with " + count + " bits for "
                    + node.links().size() + " links");
        }
        return shard;
    }

    /** Whether something is at {@code place}. */
    boolean has(int place) {
        Bytes bits = node.data().data();
        int index = bits.size() - 1 - place / Byte.SIZE;
        return index >= 0 && (bits.get(index) >> place % Byte.SIZE & 1) != 0;
    }

    /** Number of places before {@code place} that something is at: the index of its link. */
    int index(int place) {
        int count = 0;
        for (int before = 0; before < place; before++) {
            count += has(before) ? 1 : 0;
        }
        return count;
    }

    /** The name of the entry that {@code link}, at {@code place}, leads to; empty if it leads to a shard. */
    Bytes name(PbLink link, int place) throws UnixFsException {
        Bytes linkName = link.name().orElse(Bytes.EMPTY);
        Bytes prefix = Names.bytes(places.prefix(place));
        if (!linkName.startsWith(prefix)) {
            throw malformed(node, "a link at place " + place + " that is called " + Names.text(linkName));
        }
        Bytes name = linkName.slice(prefix.size(), linkName.size());
        if (!name.isEmpty() && !leadsTo(Murmur3.hash(name), place)) {
            throw malformed(node, "an entry where its name's hash does not lead: " + Names.text(name));
        }
        return name;
    }

    private boolean leadsTo(long hash, int place) {
        int bitsAbove = level * places.bits();
        boolean sameAbove = bitsAbove == 0 || (hash ^ path) >>> (Long.SIZE - bitsAbove) == 0;
        return sameAbove && places.place(hash, level) == place;
    }

    private static UnixFsException malformed(UnixFsNode node, String problem) {
        return new UnixFsException(Problem.MALFORMED, node.cid() + " has " + problem);
    }
}
