package io.pinfold.ipfsnode.testing;

import io.pinfold.ipfsnode.Blockstore;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A block store that forgets, with faults on demand; hashes are not compared. */
public final class InMemoryBlockstore implements Blockstore {

    private final Map<Multihash, Bytes> blocks = new ConcurrentHashMap<>();
    private final Set<Multihash> damaged = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytes = new AtomicLong();
    private volatile long maxBytes = Long.MAX_VALUE;

    /** From now on, storing stops with {@link Put.Full} when there would be more than {@code limit} bytes. */
    public void limitTo(long limit) {
        maxBytes = limit;
    }

    /** The next look for the block says that it is damaged, and then it is gone. */
    public void damage(Cid cid) {
        damaged.add(cid.hash());
    }

    @Override
    public boolean has(Cid cid) {
        return isIdentity(cid.hash()) || blocks.containsKey(cid.hash());
    }

    @Override
    public OptionalInt size(Cid cid) {
        Bytes data = get(cid.hash());
        return data == null ? OptionalInt.empty() : OptionalInt.of(data.size());
    }

    @Override
    public Found find(Cid cid) {
        if (damaged.remove(cid.hash())) {
            remove(List.of(cid.hash()));
            return new Found.Damaged("damaged by a test");
        }
        Bytes data = get(cid.hash());
        return data == null ? new Found.Absent() : new Found.Present(data);
    }

    @Override
    public Put put(List<Block> more) {
        long added = 0;
        for (Block block : more) {
            if (!isIdentity(block.cid().hash()) && !blocks.containsKey(block.cid().hash())) {
                if (bytes.get() + block.data().size() > maxBytes) {
                    return new Put.Full("more than " + maxBytes + " bytes");
                }
                if (blocks.putIfAbsent(block.cid().hash(), block.data()) == null) {
                    bytes.addAndGet(block.data().size());
                    added += block.data().size();
                }
            }
        }
        return new Put.Stored(added);
    }

    @Override
    public Found check(Multihash block) {
        return find(Cid.v1(Multicodec.RAW, block));
    }

    @Override
    public Removal remove(Collection<Multihash> hashes) {
        long freed = 0;
        for (Multihash hash : hashes) {
            Bytes gone = blocks.remove(hash);
            freed += gone == null ? 0 : gone.size();
        }
        bytes.addAndGet(-freed);
        return new Removal.Removed(freed);
    }

    @Override
    public Usage usage() {
        return new Usage(blocks.size(), bytes.get());
    }

    @Override
    public List<Stored> page(Optional<Multihash> after, int limit) {
        return blocks.entrySet()
                .stream()
                .map(entry -> new Stored(entry.getKey(), entry.getValue().size()))
                .filter(block -> after.isEmpty() || block.hash().compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(Stored::hash))
                .limit(limit)
                .toList();
    }

    @Override
    public void close() {
        // nothing is held
    }

    private @Nullable Bytes get(Multihash hash) {
        return isIdentity(hash) ? hash.digest() : blocks.get(hash);
    }

    private static boolean isIdentity(Multihash hash) {
        return hash.code() == Multicodec.IDENTITY;
    }
}
