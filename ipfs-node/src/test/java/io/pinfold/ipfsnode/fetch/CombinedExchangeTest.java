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

    @RegisterExtension
    final Seeds seeds = new Seeds();

    private final Graphs graphs = new Graphs();
    private final ModelExchange first = new ModelExchange(graphs.blocks, seeds.generator("first"));
    private final ModelExchange second = new ModelExchange(graphs.blocks, seeds.generator("second"), first.nanos);
    private final InMemoryBlockstore store = new InMemoryBlockstore();

    private GraphOutcome fetch(Cid root) {
        var both = new CombinedExchange(first, second, DELAY, first.nanos::get);
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
        assertThat(second.mostOpen).isLessThanOrEqualTo(CombinedExchange.MAX_SECOND);
        assertThat(second.closedSessions).isEqualTo(1);
    }

    @Test
    void with_a_first_that_has_nothing_all_comes_from_the_second() {
        Cid root = graphs.random(seeds.generator(), 300);
        first.lost = _ -> true;
        assertThat(fetch(root)).as(seeds.toString()).isInstanceOf(GraphOutcome.Complete.class);
    }

    @Test
    void what_neither_has_is_a_stall() {
        Cid root = graphs.random(seeds.generator(), 30);
        first.lost = _ -> true;
        second.lost = _ -> true;
        assertThat(fetch(root)).as(seeds.toString()).isInstanceOf(GraphOutcome.Stalled.class);
    }
}
