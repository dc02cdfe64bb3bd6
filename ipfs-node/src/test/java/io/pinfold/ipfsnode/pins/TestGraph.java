package io.pinfold.ipfsnode.pins;

import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.ByteReader;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A random graph without cycles whose blocks hold their links' CIDs behind eight bytes; with shared parts, links under another
 * codec, raw and identity leaves.
 */
final class TestGraph {

    /** The codec of blocks with links. */
    static final long CODEC = Multicodec.DAG_CBOR;

    private static final int SALT = 8;

    private final Map<Cid, Block> blocks = new HashMap<>();
    private final List<Cid> order = new ArrayList<>();

    /** A graph of small blocks. */
    TestGraph(RandomGenerator random, int nodes) {
        this(random, nodes, SALT);
    }

    /** A graph whose leaves have up to so many bytes. */
    TestGraph(RandomGenerator random, int nodes, int maxLeaf) {
        for (int i = 0; i < nodes; i++) {
            boolean leaf = i < 8 || random.nextInt(4) == 0;
            byte[] salt = new byte[leaf ? SALT + random.nextInt(1 + maxLeaf - SALT) : SALT];
            random.nextBytes(salt);
            Bytes data = Bytes.copyOf(salt);
            for (int link = leaf ? 0 : 1 + random.nextInt(4); link > 0; link--) {
                Cid target = order.get(Math.max(0, i - 1 - random.nextInt(random.nextBoolean() ? 6 : i)));
                boolean asRaw = random.nextInt(12) == 0;
                data = data.concat((asRaw ? Cid.v1(Multicodec.RAW, target.hash()) : target).toBytes());
            }
            boolean inline = leaf && data.size() <= Multihash.MAX_DIGEST && random.nextInt(4) == 0;
            Multihash hash = inline ? Multihash.identity(data) : Multihash.sha256(data);
            add(new Block(Cid.v1(leaf ? Multicodec.RAW : CODEC, hash), data));
        }
    }

    /** A block with these links. */
    static Block node(String salt, Cid... links) {
        Bytes data = Bytes
                .copyOf(java.util.Arrays.copyOf(salt.getBytes(java.nio.charset.StandardCharsets.UTF_8), SALT));
        for (Cid link : links) {
            data = data.concat(link.toBytes());
        }
        return new Block(Cid.v1(CODEC, Multihash.sha256(data)), data);
    }

    private void add(Block block) {
        blocks.put(block.cid(), block);
        blocks.put(Cid.v1(Multicodec.RAW, block.cid().hash()),
                new Block(Cid.v1(Multicodec.RAW, block.cid().hash()), block.data()));
        order.add(block.cid());
    }

    /** The CIDs of all blocks; each links to earlier ones only. */
    List<Cid> cids() {
        return order;
    }

    Block block(Cid cid) {
        return Objects.requireNonNull(blocks.get(cid));
    }

    List<Cid> links(Cid cid) {
        return links(cid, block(cid).data()).orElseThrow();
    }

    /** What pins are told of links. */
    static Decoded<List<Cid>> links(Cid cid, Bytes data) {
        if (cid.codec() != CODEC) {
            return Decoded.ok(List.of());
        }
        return Decoded.attempt(() -> {
            ByteReader in = new ByteReader(data.slice(SALT, data.size()));
            List<Cid> links = new ArrayList<>();
            while (in.remaining() > 0) {
                links.add(Cid.read(in));
            }
            return links;
        });
    }

    /** What a pin of this depth on {@code root} has. */
    Set<Cid> reach(Cid root, int depth) {
        Map<Cid, Integer> down = new HashMap<>(Map.of(root, depth));
        Deque<Cid> queue = new ArrayDeque<>(List.of(root));
        while (!queue.isEmpty()) {
            Cid cid = queue.remove();
            int left = Objects.requireNonNull(down.get(cid));
            if (left > 0) {
                for (Cid link : links(cid)) {
                    int below = left == Pin.ALL ? left : left - 1;
                    if (down.getOrDefault(link, -1) < below) {
                        down.put(link, below);
                        queue.add(link);
                    }
                }
            }
        }
        return new LinkedHashSet<>(down.keySet());
    }

    /** The hashes of those blocks that take room. */
    static Set<Multihash> stored(Set<Cid> cids) {
        Set<Multihash> hashes = new HashSet<>();
        cids.stream().map(Cid::hash).filter(hash -> hash.code() != Multicodec.IDENTITY).forEach(hashes::add);
        return hashes;
    }
}
