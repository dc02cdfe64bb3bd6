package io.pinfold.ipfsnode.node;

import io.pinfold.ipfsnode.BlockReader.Found;
import io.pinfold.ipfsnode.Exchange;
import io.pinfold.ipfsnode.testing.InMemoryBlockstore;
import io.pinfold.libp2p.limit.Deadline;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Blocks of which some are here and some elsewhere. */
@Timeout(60)
class ReadingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final InMemoryBlockstore here = new InMemoryBlockstore();
    private final Elsewhere elsewhere = new Elsewhere();

    private static Block block(int number) {
        Bytes data = Bytes.copyOf(new byte[]{1, (byte) number});
        return new Block(Cid.raw(data), data);
    }

    private Reading reading(Duration patience) {
        return new Reading(here, Optional.of(elsewhere), Deadline.exactly(patience));
    }

    @Test
    void what_is_here_is_asked_of_nobody() {
        here.put(List.of(block(1)));
        try (Reading reading = reading(PATIENCE)) {
            assertThat(reading.find(block(1).cid())).isEqualTo(new Found.Present(block(1).data()));
        }
        assertThat(elsewhere.opened).hasValue(0);
    }

    @Test
    void one_after_another_comes_by_one_session_which_is_closed_in_the_end() {
        IntStream.range(0, 50).mapToObj(ReadingTest::block).forEach(elsewhere.blocks::add);
        try (Reading reading = reading(PATIENCE)) {
            for (Block block : elsewhere.blocks) {
                assertThat(reading.find(block.cid())).isEqualTo(new Found.Present(block.data()));
            }
            assertThat(elsewhere.opened).hasValue(1);
            assertThat(elsewhere.closed).hasValue(0);
        }
        assertThat(elsewhere.closed).hasValue(1);
    }

    @Test
    void many_at_once_have_a_session_each() throws Exception {
        int many = 8;
        IntStream.range(0, many).mapToObj(ReadingTest::block).forEach(elsewhere.blocks::add);
        elsewhere.together = Optional.of(new CyclicBarrier(many));
        try (Reading reading = reading(PATIENCE);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Found>> found = new ArrayList<>();
            for (Block block : elsewhere.blocks) {
                found.add(threads.submit(() -> reading.find(block.cid())));
            }
            for (int i = 0; i < many; i++) {
                assertThat(found.get(i).get()).isEqualTo(new Found.Present(elsewhere.blocks.get(i).data()));
            }
        }
        assertThat(elsewhere.opened).hasValue(many);
        assertThat(elsewhere.closed).hasValue(many);
    }

    @Test
    void what_nobody_has_is_absent_and_its_wish_is_taken_back() {
        try (Reading reading = reading(Duration.ZERO)) {
            assertThat(reading.find(block(1).cid())).isEqualTo(new Found.Absent());
            assertThat(elsewhere.closed).hasValue(1);
            assertThat(elsewhere.longest).as("waited for at most").isLessThan(PATIENCE);
        }
        assertThat(elsewhere.closed).hasValue(1);
    }

    /** Gives each block in the moment in which it is waited for. */
    private static final class Elsewhere implements Exchange {

        final List<Block> blocks = new ArrayList<>();
        final AtomicInteger opened = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();
        volatile Duration longest = Duration.ZERO;
        /** Where sessions meet before they give something. */
        Optional<CyclicBarrier> together = Optional.empty();

        @Override
        public Session open(Cid root, List<Multiaddr> origins) {
            opened.incrementAndGet();
            return new OneByOne();
        }

        @Override
        public void close() {}

        private final class OneByOne implements Session {

            private Optional<Cid> wanted = Optional.empty();

            @Override
            public void want(Collection<Cid> cids) {
                wanted = cids.stream().findFirst();
            }

            @Override
            public void unwant(Collection<Cid> cids) {
                wanted = Optional.empty();
            }

            @Override
            public Optional<Block> next(Duration timeout) {
                longest = timeout;
                try {
                    if (together.isPresent()) {
                        together.get().await();
                    }
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                return blocks.stream().filter(block -> wanted.equals(Optional.of(block.cid()))).findFirst();
            }

            @Override
            public boolean isAtALoss() {
                return false;
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        }
    }
}
