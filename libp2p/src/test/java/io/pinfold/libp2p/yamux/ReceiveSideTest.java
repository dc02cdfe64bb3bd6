package io.pinfold.libp2p.yamux;

import io.pinfold.libp2p.limit.MemoryBudget;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static io.pinfold.libp2p.yamux.YamuxConfig.INITIAL_WINDOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How much a peer may send: a reader that always keeps up, and one that never does. */
class ReceiveSideTest {

    private static final int MAX_WINDOW = 4 * INITIAL_WINDOW;
    private static final long KEEPS_UP = Duration.ofHours(1).toNanos();
    private static final long TOO_SLOW = 0;
    private static final int ROUNDS = 10;

    private final MemoryBudget budget = new MemoryBudget(1 << 30);

    @Test
    void aWindowDoublesUpToItsBoundAndIsGivenBack() throws Exception {
        MemoryBudget growth = new MemoryBudget(1 << 30);
        ReceiveSide side = new ReceiveSide(budget, growth, MAX_WINDOW);
        assertThat(windowAfterwards(side, KEEPS_UP)).isEqualTo(MAX_WINDOW);
        assertThat(growth.used()).isEqualTo(MAX_WINDOW - INITIAL_WINDOW);
        side.abandon();
        side.fail("reset as well");
        assertThat(growth.used()).isZero();
        assertThat(budget.used()).isZero();
    }

    @Test
    void whatIsReadToItsEndGivesItsWindowBack() throws Exception {
        MemoryBudget growth = new MemoryBudget(1 << 30);
        ReceiveSide side = new ReceiveSide(budget, growth, MAX_WINDOW);
        windowAfterwards(side, KEEPS_UP);
        side.end();
        assertThat(side.read(new byte[1], 0, 1, KEEPS_UP).count()).isEqualTo(-1);
        assertThat(growth.used()).isZero();
    }

    @Test
    void aWindowGrowsOnlyAsFarAsThereIsMemory() throws Exception {
        MemoryBudget growth = new MemoryBudget(INITIAL_WINDOW);
        assertThat(windowAfterwards(new ReceiveSide(budget, growth, MAX_WINDOW), KEEPS_UP))
                .isEqualTo(2 * INITIAL_WINDOW);
        assertThat(windowAfterwards(new ReceiveSide(budget, growth, MAX_WINDOW), KEEPS_UP)).isEqualTo(INITIAL_WINDOW);
    }

    @Test
    void aSlowReaderKeepsTheWindowItHas() throws Exception {
        ReceiveSide side = new ReceiveSide(budget, new MemoryBudget(1 << 30), MAX_WINDOW);
        assertThat(windowAfterwards(side, TOO_SLOW)).isEqualTo(INITIAL_WINDOW);
    }

    @Test
    void nothingIsGivenBackBeforeHalfAWindowWasRead() throws Exception {
        ReceiveSide side = new ReceiveSide(budget, new MemoryBudget(1 << 30), MAX_WINDOW);
        receive(side, INITIAL_WINDOW);
        assertThat(side.read(new byte[INITIAL_WINDOW], 0, INITIAL_WINDOW / 2 - 1, TOO_SLOW).windowIncrease()).isZero();
        assertThat(side.read(new byte[1], 0, 1, TOO_SLOW).windowIncrease()).isEqualTo(INITIAL_WINDOW / 2);
    }

    /** The window that the peer has when everything was sent and read several times; not a byte more is taken. */
    private static long windowAfterwards(ReceiveSide side, long roundTripNanos) throws IOException {
        long window = INITIAL_WINDOW;
        byte[] target = new byte[MAX_WINDOW];
        for (int round = 0; round < ROUNDS; round++) {
            receive(side, (int) window);
            assertThatThrownBy(() -> side.expect(1)).isInstanceOf(YamuxException.class);
            for (long left = window; left > 0;) {
                ReceiveSide.Taken taken = side.read(target, 0, target.length, roundTripNanos);
                left -= taken.count();
                window += taken.windowIncrease() - taken.count();
            }
        }
        return window;
    }

    private static void receive(ReceiveSide side, int count) throws IOException {
        side.expect(count);
        assertThat(side.deliver(new byte[count], 0, count)).isTrue();
    }
}
