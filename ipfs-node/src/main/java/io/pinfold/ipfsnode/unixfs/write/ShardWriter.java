package io.pinfold.ipfsnode.unixfs.write;

import io.pinfold.ipfsnode.unixfs.Murmur3;
import io.pinfold.ipfsnode.unixfs.Names;
import io.pinfold.ipfsnode.unixfs.ShardPlaces;
import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.dagpb.PbLink;
import io.pinfold.multiformats.unixfs.UnixFsData;
import io.pinfold.multiformats.unixfs.UnixFsShard;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes the shards of one folder, from the deepest upwards. Used once. */
final class ShardWriter {

    private final Importer importer;
    private final UnixFsStat stat;
    private final ShardPlaces places;

    private record Entry(long hash, PbLink link) {

        Bytes name() {
            return link.name().orElseThrow();
        }
    }

    ShardWriter(Importer importer, UnixFsStat stat) {
        this.importer = importer;
        this.stat = stat;
        this.places = importer.layout().sharding().places();
    }

    Imported write(List<PbLink> links, long fileSize) throws UnixFsException {
        Entry[] entries = new Entry[links.size()];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new Entry(Murmur3.hash(links.get(i).name().orElseThrow()), links.get(i));
        }
        Arrays.sort(entries, (one, other) -> Long.compareUnsigned(one.hash, other.hash));
        Imported root = shard(Arrays.asList(entries), 0, stat);
        return new Imported(root.cid(), root.dagSize(), fileSize);
    }

    /** Makes the shard of {@code entries}, which are in the order of their hashes and alike up to {@code level}. */
    private Imported shard(List<Entry> entries, int level, UnixFsStat ofFolder) throws UnixFsException {
        if (level == places.levels()) {
            throw new UnixFsException(Problem.BAD_NAME,
                    "two names in a folder have one hash: " + Names.text(entries.getFirst().name()));
        }
        byte[] bits = new byte[places.fanout() / Byte.SIZE];
        List<PbLink> links = new ArrayList<>();
        for (int from = 0; from < entries.size();) {
            int place = places.place(entries.get(from).hash, level);
            int to = from + 1;
            while (to < entries.size() && places.place(entries.get(to).hash, level) == place) {
                to++;
            }
            bits[bits.length - 1 - place / Byte.SIZE] |= (byte) (1 << place % Byte.SIZE);
            links.add(link(entries.subList(from, to), level, Names.bytes(places.prefix(place))));
            from = to;
        }
        UnixFsShard shard = new UnixFsShard(UnixFsShard.MURMUR3_X64_64, places.fanout());
        return importer.emit(UnixFsData.shard(withoutLeadingZeros(bits), shard, ofFolder), links, 0);
    }

    private PbLink link(List<Entry> entries, int level, Bytes prefix) throws UnixFsException {
        if (entries.size() > 1) {
            return Nodes.link(prefix, shard(entries, level + 1, UnixFsStat.NONE));
        }
        PbLink entry = entries.getFirst().link;
        return new PbLink(entry.cid(), Optional.of(prefix.concat(entries.getFirst().name())), entry.size());
    }

    private static Bytes withoutLeadingZeros(byte[] bits) {
        int from = 0;
        while (bits[from] == 0) {
            from++;
        }
        return Bytes.copyOf(bits, from, bits.length - from);
    }
}
