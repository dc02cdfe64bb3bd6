package io.pinfold.ipfsnode.testing;

import io.pinfold.ipfsnode.dag.Links;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.dagpb.DagPb;
import io.pinfold.multiformats.dagpb.PbLink;
import io.pinfold.multiformats.dagpb.PbNode;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Graphs of DAG-PB nodes and raw leaves, held in memory. */
public final class Graphs {

    /** All blocks. */
    public final Map<Multihash, Block> blocks = new HashMap<>();
    private long salt;

    /** A new leaf of {@code size} bytes, at least 8. */
    public Cid leaf(int size) {
        return add(Multicodec.RAW, Bytes.copyOf(ByteBuffer.allocate(Math.max(8, size)).putLong(salt++).array()));
    }

    /** A new node that links to {@code children}. */
    public Cid node(List<Cid> children) {
        Bytes data = Bytes.copyOf(ByteBuffer.allocate(8).putLong(salt++).array());
        List<PbLink> links = children.stream().map(c -> new PbLink(c, Optional.empty(), OptionalLong.empty())).toList();
        return add(Multicodec.DAG_PB, DagPb.encode(new PbNode(links, Optional.of(data))));
    }

    /** The block {@code data} under {@code codec}. */
    public Cid add(long codec, Bytes data) {
        Cid cid = Cid.v1(codec, Multihash.sha256(data));
        blocks.put(cid.hash(), new Block(cid, data));
        return cid;
    }

    /** A random graph of some {@code nodes} nodes, with much that is shared; gives the root. */
    public Cid random(RandomGenerator random, int nodes) {
        List<Cid> made = new ArrayList<>();
        made.add(leaf(16));
        for (int i = 0; i < nodes; i++) {
            if (random.nextInt(3) == 0) {
                made.add(leaf(random.nextInt(8, 200)));
                continue;
            }
            List<Cid> children = new ArrayList<>();
            for (int link = random.nextInt(8); link > 0; link--) {
                int back = random.nextInt(4) == 0
                        ? random.nextInt(made.size())
                        : random.nextInt(Math.min(made.size(), 12));
                Cid child = made.get(made.size() - 1 - back);
                children.add(random.nextInt(10) == 0 ? Cid.v1(Multicodec.RAW, child.hash()) : child);
            }
            made.add(node(children));
        }
        return node(made.subList(Math.max(0, made.size() - 6), made.size()));
    }

    /** The data of a block that there is. */
    public Bytes data(Cid cid) {
        return Objects.requireNonNull(blocks.get(cid.hash())).data();
    }

    /** The links of a block that there is. */
    public List<Cid> links(Cid cid) {
        return Links.of(new Block(cid, data(cid))).orElseThrow().cids();
    }

    /** What belongs to {@code levels} levels below {@code root}: the multihashes, by a walk in breadth. */
    public Set<Multihash> below(Cid root, int levels) {
        Set<Multihash> found = new HashSet<>();
        Map<Cid, Integer> walked = new HashMap<>();
        Deque<Map.Entry<Cid, Integer>> todo = new ArrayDeque<>();
        todo.add(Map.entry(root, 0));
        while (!todo.isEmpty()) {
            Map.Entry<Cid, Integer> at = todo.remove();
            found.add(at.getKey().hash());
            if (at.getValue() >= levels || walked.putIfAbsent(at.getKey(), at.getValue()) != null) {
                continue;
            }
            for (Cid link : links(at.getKey())) {
                todo.add(Map.entry(link, at.getValue() + 1));
            }
        }
        return found;
    }
}
