package io.pinfold.libp2p.yamux;

import io.pinfold.libp2p.limit.MemoryBudget;
import io.pinfold.testkit.Seeds;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class RingBufferTest {

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @Test
    void behavesLikeAQueueOfBytes() {
        RandomGenerator random = seeds.generator();
        MemoryBudget budget = new MemoryBudget(1 << 20);
        RingBuffer ring = new RingBuffer(budget, 1 << 20);
        ArrayDeque<Byte> model = new ArrayDeque<>();
        for (int step = 0; step < 500; step++) {
            if (random.nextBoolean()) {
                byte[] bytes = new byte[random.nextInt(3000)];
                random.nextBytes(bytes);
                int from = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
                assertThat(ring.append(bytes, from, bytes.length - from)).isTrue();
                for (int i = from; i < bytes.length; i++) {
                    model.add(bytes[i]);
                }
            } else {
                byte[] target = new byte[random.nextInt(5000)];
                int count = ring.take(target, 0, target.length);
                assertThat(count).as(seeds.toString()).isEqualTo(Math.min(target.length, model.size()));
                byte[] expected = new byte[target.length];
                for (int i = 0; i < count; i++) {
                    expected[i] = model.remove();
                }
                assertThat(target).as(seeds.toString()).isEqualTo(expected);
            }
            assertThat(ring.size()).as(seeds.toString()).isEqualTo(model.size());
        }
        ring.free();
        assertThat(budget.used()).isZero();
        assertThat(ring.size()).isZero();
    }

    @Test
    void holdsManySmallPiecesInLittleMemory() {
        MemoryBudget budget = new MemoryBudget(256 * 1024);
        RingBuffer ring = new RingBuffer(budget, 256 * 1024);
        byte[] one = {1};
        for (int i = 0; i < 256 * 1024; i++) {
            assertThat(ring.append(one, 0, 1)).isTrue();
        }
        assertThat(budget.used()).isEqualTo(256 * 1024);
    }

    @Test
    void refusesWhatTheBudgetDoesNotAllow() {
        MemoryBudget budget = new MemoryBudget(8192);
        RingBuffer ring = new RingBuffer(budget, 1 << 20);
        assertThat(ring.append(new byte[8192], 0, 8192)).isTrue();
        assertThat(ring.append(new byte[1], 0, 1)).isFalse();
        assertThat(ring.size()).isEqualTo(8192);
        assertThat(ring.take(new byte[10], 0, 10)).isEqualTo(10);
        assertThat(ring.append(new byte[10], 0, 10)).isTrue();
    }

    @Test
    void countsOnlyWhatNobodyReserved() {
        MemoryBudget budget = new MemoryBudget(4096);
        RingBuffer ring = new RingBuffer(budget, 4096);
        assertThat(ring.append(new byte[100_000], 0, 100_000)).isTrue();
        assertThat(budget.used()).isEqualTo(4096);
        ring.free();
        assertThat(budget.used()).isZero();
    }
}
