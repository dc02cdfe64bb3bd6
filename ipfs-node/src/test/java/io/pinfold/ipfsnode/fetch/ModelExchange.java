package io.pinfold.ipfsnode.fetch;

import io.pinfold.ipfsnode.Exchange;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Multihash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * An exchange in memory that gives blocks in random order and after random pauses, gives some twice, and never gives those
 * that are lost. Its time moves only while somebody waits.
 */
final class ModelExchange implements Exchange {

    final AtomicLong nanos;
    final List<Multihash> given = new ArrayList<>();
    Predicate<Multihash> lost = hash -> false;
    /** Whether it says so when it has nothing of what is wished for. */
    boolean tellsLoss;
    int mostOpen;
    int sessions;
    int closedSessions;
    private final Map<Multihash, Block> blocks;
    private final RandomGenerator random;

    ModelExchange(Map<Multihash, Block> blocks, RandomGenerator random) {
        this(blocks, random, new AtomicLong(1));
    }

    /** An exchange whose time is {@code nanos}. */
    ModelExchange(Map<Multihash, Block> blocks, RandomGenerator random, AtomicLong nanos) {
        this.nanos = nanos;
        this.blocks = blocks;
        this.random = random;
    }

    @Override
    public Session open(Cid root, List<Multiaddr> origins) {
        sessions++;
        return new ModelSession();
    }

    @Override
    public void close() {}

    private final class ModelSession implements Session {

        private final List<Multihash> open = new ArrayList<>();
        private final Set<Multihash> wished = new HashSet<>();

        @Override
        public void want(Collection<Cid> cids) {
            for (Cid cid : cids) {
                if (!wished.add(cid.hash())) {
                    throw new IllegalStateException("wished for twice: " + cid);
                }
                open.add(cid.hash());
            }
            mostOpen = Math.max(mostOpen, open.size());
            if (open.size() > MAX_WANTED) {
                throw new IllegalStateException(open.size() + " wishes");
            }
        }

        @Override
        public void unwant(Collection<Cid> cids) {
            for (Cid cid : cids) {
                open.remove(cid.hash());
                wished.remove(cid.hash());
            }
        }

        @Override
        public Optional<Block> next(Duration timeout) {
            if (Thread.currentThread().isInterrupted()) {
                return Optional.empty();
            }
            if (timeout.isZero() && random.nextInt(4) == 0) {
                return Optional.empty();
            }
            if (!given.isEmpty() && random.nextInt(20) == 0) {
                return Optional.ofNullable(blocks.get(given.get(random.nextInt(given.size()))));
            }
            int first = random.nextInt(Math.max(1, open.size()));
            for (int tries = 0; tries < open.size(); tries++) {
                int at = (first + tries) % open.size();
                Multihash hash = open.get(at);
                Block block = blocks.get(hash);
                if (block != null && !lost.test(hash)) {
                    open.set(at, open.getLast());
                    open.removeLast();
                    given.add(hash);
                    nanos.addAndGet(Math.min(timeout.toNanos(), random.nextInt(1_000_000)));
                    return Optional.of(block);
                }
            }
            nanos.addAndGet(timeout.toNanos());
            return Optional.empty();
        }

        @Override
        public boolean isAtALoss() {
            return tellsLoss && !open.isEmpty() && open.stream().allMatch(lost);
        }

        @Override
        public void close() {
            closedSessions++;
        }
    }
}
