package io.pinfold.ipfsnode.unixfs.write;

import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.dagpb.PbLink;
import io.pinfold.multiformats.unixfs.UnixFsData;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts nodes above the leaves of a file, so that all leaves are equally far from the root and all nodes but the last of each
 * level are full.
 *
 * <p>A level's node is made when the one behind it begins, so memory holds one node's links for each level.
 */
final class BalancedTree {

    private final Importer importer;
    private final List<List<Imported>> levels = new ArrayList<>();

    BalancedTree(Importer importer) {
        this.importer = importer;
    }

    /** Adds the next leaf. */
    void add(Imported leaf) throws UnixFsException {
        add(0, leaf);
    }

    private void add(int level, Imported child) throws UnixFsException {
        if (level == levels.size()) {
            levels.add(new ArrayList<>());
        }
        List<Imported> children = levels.get(level);
        if (children.size() == importer.layout().maxLinks()) {
            add(level + 1, node(children, UnixFsStat.NONE));
            children.clear();
        }
        children.add(child);
    }

    /** The root of all leaves, which are two at least; it alone has {@code stat}. */
    Imported finish(UnixFsStat stat) throws UnixFsException {
        int level = 0;
        while (level < levels.size() - 1) {
            add(level + 1, node(levels.get(level), UnixFsStat.NONE));
            level++;
        }
        return node(levels.get(level), stat);
    }

    private Imported node(List<Imported> children, UnixFsStat stat) throws UnixFsException {
        List<PbLink> links = new ArrayList<>(children.size());
        List<Long> sizes = new ArrayList<>(children.size());
        long fileSize = 0;
        for (Imported child : children) {
            links.add(Nodes.link(Bytes.EMPTY, child));
            sizes.add(child.fileSize());
            fileSize += child.fileSize();
        }
        return importer.emit(UnixFsData.file(fileSize, sizes, stat), links, fileSize);
    }
}
