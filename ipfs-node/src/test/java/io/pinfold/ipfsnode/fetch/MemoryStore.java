package io.pinfold.ipfsnode.fetch;

import io.pinfold.ipfsnode.Blockstore;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A blockstore in memory that can be damaged, and can be full. */
final class MemoryStore implements Blockstore {

    final Map<Multihash, Bytes> blocks = new HashMap<>();
    final Set<Multihash> damaged = new HashSet<>();
    long room = Long.MAX_VALUE;

    @Override
    public synchronized boolean has(Cid cid) {
        return cid.hash().code() == Multicodec.IDENTITY || blocks.containsKey(cid.hash());
    }

    @Override
    public synchronized OptionalInt size(Cid cid) {
        Bytes data = blocks.get(cid.hash());
        return data == null ? OptionalInt.empty() : OptionalInt.of(data.size());
    }

    @Override
    public synchronized Found find(Cid cid) {
        Bytes data = blocks.get(cid.hash());
        if (damaged.remove(cid.hash())) {
            blocks.remove(cid.hash());
            return new Found.Damaged("a test did it");
        }
        return data == null ? new Found.Absent() : new Found.Present(data);
    }

    @Override
    public synchronized Put put(List<Block> more) {
        long bytes = 0;
        for (Block block : more) {
            if (!block.isGenuine()) {
                throw new IllegalArgumentException("not genuine: " + block.cid());
            }
            bytes += blocks.containsKey(block.cid().hash()) ? 0 : block.data().size();
            if (bytes > room) {
                return new Put.Full("a test said so");
            }
            blocks.put(block.cid().hash(), block.data());
        }
        room -= bytes;
        return new Put.Stored(bytes);
    }

    @Override
    public synchronized long remove(Collection<Multihash> gone) {
        long freed = 0;
        for (Multihash hash : gone) {
            Bytes data = blocks.remove(hash);
            freed += data == null ? 0 : data.size();
        }
        return freed;
    }

    @Override
    public synchronized Usage usage() {
        return new Usage(blocks.size(), blocks.values().stream().mapToLong(Bytes::size).sum());
    }

    @Override
    public synchronized List<Stored> page(Optional<Multihash> after, int limit) {
        return blocks.entrySet()
                .stream()
                .map(entry -> new Stored(entry.getKey(), entry.getValue().size()))
                .filter(block -> after.isEmpty() || block.hash().compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(Stored::hash))
                .limit(limit)
                .toList();
    }

    @Override
    public void close() {}
}
