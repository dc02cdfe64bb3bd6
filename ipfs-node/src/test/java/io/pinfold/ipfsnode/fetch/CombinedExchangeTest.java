package io.pinfold.ipfsnode.fetch;

import io.pinfold.ipfsnode.testing.Graphs;
import io.pinfold.ipfsnode.testing.InMemoryBlockstore;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;
import io.pinfold.testkit.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class CombinedExchangeTest {

    private static final Duration DELAY = Duration.ofSeconds(3);
    /** A session listens to the first for 20 ms before it looks whether the second has something. */
    private static final Duration TWO_LOOKS = Duration.ofMillis(40);

    @RegisterExtension
    final Seeds seeds = new Seeds();

    private final Graphs graphs = new Graphs();
    private final ModelExchange first = new ModelExchange(graphs.blocks, seeds.generator("first"));
    private final ModelExchange second = new ModelExchange(graphs.blocks, seeds.generator("second"), first.nanos);
    private final InMemoryBlockstore store = new InMemoryBlockstore();

    private final CombinedExchange both = new CombinedExchange(first, second, DELAY, first.nanos::get);

    private GraphOutcome fetch(Cid root) {
        return new GraphFetch(store, both, GraphFetchConfig.DEFAULT, first.nanos::get)
                .fetch(GraphRequest.whole(root, List.of(), Duration.ofMinutes(1)), GraphWatcher.NONE);
    }

    @Test
    void the_second_is_not_asked_while_the_first_gives() {
        Cid root = graphs.random(seeds.generator(), 300);
        assertThat(fetch(root)).as(seeds.toString()).isInstanceOf(GraphOutcome.Complete.class);
        assertThat(second.sessions).isZero();
        assertThat(first.closedSessions).isEqualTo(1);
    }

    @Test
    void what_the_first_lacks_comes_from_the_second_and_no_more() {
        RandomGenerator random = seeds.generator();
        Cid root = graphs.random(random, 300);
        Set<Multihash> all = graphs.below(root, GraphRequest.ALL);
        Set<Multihash> lost = new HashSet<>();
        all.forEach(hash -> {
            if (random.nextInt(4) == 0) {
                lost.add(hash);
            }
        });
        first.lost = lost::contains;
        assertThat(fetch(root)).as(seeds.toString()).isInstanceOf(GraphOutcome.Complete.class);
        assertThat(second.given).as(seeds.toString()).containsAll(lost);
        List<Multihash> both = new ArrayList<>(first.given);
        both.addAll(second.given);
        assertThat(both).as(seeds.toString()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(second.closedSessions).isEqualTo(1);
    }

    @Test
    void with_a_first_that_has_nothing_all_comes_from_the_second() {
        Cid root = graphs.random(seeds.generator(), 300);
        first.lost = _ -> true;
        assertThat(fetch(root)).as(seeds.toString()).isInstanceOf(GraphOutcome.Complete.class);
    }

    /** 2,500 files in a folder, and folders in folders: each step of the way once cost the whole delay. */
    @Test
    void the_delay_is_waited_for_once_in_a_session_that_all_comes_to_from_the_second() {
        List<Cid> leaves = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            leaves.add(graphs.leaf(8));
        }
        Cid root = graphs.node(leaves);
        for (int level = 0; level < 30; level++) {
            root = graphs.node(List.of(root, graphs.leaf(8)));
        }
        first.lost = _ -> true;
        assertThat(fetch(root)).as(seeds.toString()).isInstanceOf(GraphOutcome.Complete.class);
        assertThat(waited()).as(seeds.toString()).isBetween(DELAY, DELAY.multipliedBy(3).dividedBy(2).plus(giving()));
    }

    @Test
    void nothing_is_waited_for_when_the_first_is_at_a_loss() {
        Cid root = graphs.random(seeds.generator(), 300);
        first.lost = _ -> true;
        first.tellsLoss = true;
        assertThat(fetch(root)).as(seeds.toString()).isInstanceOf(GraphOutcome.Complete.class);
        assertThat(waited()).as(seeds.toString()).isLessThan(giving().plus(TWO_LOOKS));
    }

    @Test
    void sessions_learn_from_those_before_and_forget_it_again() {
        first.lost = _ -> true;
        for (int i = 0; i < 100; i++) {
            assertThat(fetch(graphs.leaf(100))).isInstanceOf(GraphOutcome.Complete.class);
        }
        assertThat(waited()).as(seeds.toString()).isLessThan(DELAY.multipliedBy(12));
        first.lost = _ -> false;
        second.given.clear();
        for (int i = 0; i < 100; i++) {
            assertThat(fetch(graphs.leaf(100))).isInstanceOf(GraphOutcome.Complete.class);
        }
        assertThat(second.given).as("the first answers within %s, and is given longer", giving()).isEmpty();
        first.lost = _ -> true;
        long before = first.nanos.get();
        assertThat(fetch(graphs.leaf(100))).isInstanceOf(GraphOutcome.Complete.class);
        assertThat(Duration.ofNanos(first.nanos.get() - before)).isGreaterThan(DELAY.multipliedBy(9).dividedBy(10));
    }

    private Duration waited() {
        return Duration.ofNanos(first.nanos.get());
    }

    /** More time than the models need for giving what they have. */
    private Duration giving() {
        return Duration.ofMillis(first.given.size() + second.given.size());
    }

    @Test
    void what_neither_has_is_a_stall() {
        Cid root = graphs.random(seeds.generator(), 30);
        first.lost = _ -> true;
        second.lost = _ -> true;
        assertThat(fetch(root)).as(seeds.toString()).isInstanceOf(GraphOutcome.Stalled.class);
    }
}
