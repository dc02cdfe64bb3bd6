package io.pinfold.ipfsnode.unixfs.write;

import io.pinfold.ipfsnode.unixfs.Names;
import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;
import io.pinfold.ipfsnode.unixfs.write.Sharding.Estimate;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.dagpb.DagPb;
import io.pinfold.multiformats.dagpb.PbLink;
import io.pinfold.multiformats.unixfs.UnixFsData;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the entries of one folder, in any order, and makes its blocks: one, or shards. Used once. */
public final class FolderWriter {

    /** The greatest number of entries; each takes some 300 bytes of memory. */
    public static final int MAX_ENTRIES = 1 << 20;

    private final Importer importer;
    private final UnixFsStat stat;
    private final Map<Bytes, Imported> entries = new LinkedHashMap<>();

    FolderWriter(Importer importer, UnixFsStat stat) {
        this.importer = importer;
        this.stat = stat;
    }

    /** Adds an entry; a name that is there already is refused. */
    public void add(Bytes name, Imported entry) throws UnixFsException {
        if (entries.size() == MAX_ENTRIES) {
            throw new UnixFsException(Problem.TOO_MANY, "more than " + MAX_ENTRIES + " entries in a folder");
        }
        if (entries.putIfAbsent(Names.check(name), entry) != null) {
            throw new UnixFsException(Problem.BAD_NAME, "two entries called " + Names.text(name));
        }
    }

    /** Makes the folder. */
    public Imported finish() throws UnixFsException {
        List<PbLink> links = new ArrayList<>(entries.size());
        long fileSize = 0;
        for (Map.Entry<Bytes, Imported> entry : entries.entrySet()) {
            links.add(Nodes.link(entry.getKey(), entry.getValue()));
            fileSize += entry.getValue().fileSize();
        }
        UnixFsData folder = UnixFsData.folder(stat);
        return isSharded(folder, links)
                ? new ShardWriter(importer, stat).write(links, fileSize)
                : importer.emit(folder, links, fileSize);
    }

    private boolean isSharded(UnixFsData folder, List<PbLink> links) {
        Sharding rule = importer.layout().sharding();
        boolean tooMany = rule.maxLinks() > 0 && links.size() > rule.maxLinks();
        return tooMany
                || (rule.estimate() != Estimate.DISABLED
                        && estimate(rule.estimate(), folder, links) > rule.threshold());
    }

    private static long estimate(Estimate estimate, UnixFsData folder, List<PbLink> links) {
        if (estimate == Estimate.LINKS) {
            return links.stream().mapToLong(link -> link.name().orElseThrow().size() + (long) link.cid().size()).sum();
        }
        return links.stream().mapToLong(DagPb::encodedSize).sum() + DagPb.encodedSize(folder.encode());
    }
}
