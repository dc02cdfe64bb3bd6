package io.pinfold.ipfsnode.fetch;

import io.pinfold.ipfsnode.fetch.GraphOutcome.Cancelled;
import io.pinfold.ipfsnode.fetch.GraphOutcome.Complete;
import io.pinfold.ipfsnode.fetch.GraphOutcome.DiskFull;
import io.pinfold.ipfsnode.fetch.GraphOutcome.OverBudget;
import io.pinfold.ipfsnode.fetch.GraphOutcome.Stalled;
import io.pinfold.ipfsnode.fetch.GraphOutcome.Unreadable;
import io.pinfold.ipfsnode.testing.Graphs;
import io.pinfold.ipfsnode.testing.InMemoryBlockstore;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.Refusal;
import io.pinfold.testkit.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class GraphFetchTest {

    private static final Duration STALL = Duration.ofSeconds(30);

    @RegisterExtension
    final Seeds seeds = new Seeds();

    private final Graphs graphs = new Graphs();
    private final InMemoryBlockstore store = new InMemoryBlockstore();
    private final ModelExchange exchange = new ModelExchange(graphs.blocks, seeds.generator("exchange"));
    private GraphFetchConfig config = GraphFetchConfig.DEFAULT;

    private GraphOutcome fetch(Cid root, int levels, boolean readLeaves, GraphWatcher watcher) {
        return new GraphFetch(store, exchange, config, exchange.nanos::get)
                .fetch(new GraphRequest(root, levels, List.of(), STALL, readLeaves), watcher);
    }

    private GraphOutcome fetch(Cid root) {
        return fetch(root, GraphRequest.ALL, false, GraphWatcher.NONE);
    }

    @Test
    void a_walk_ends_with_what_a_model_says_whatever_is_here_damaged_late_or_twice() {
        for (int round = 0; round < 150; round++) {
            RandomGenerator random = seeds.generator("round " + round);
            Graphs graph = new Graphs();
            Cid root = graph.random(random, random.nextInt(1, 150));
            int levels = random.nextInt(3) == 0 ? random.nextInt(8) : GraphRequest.ALL;
            Set<Multihash> expected = graph.below(root, levels);
            InMemoryBlockstore here = new InMemoryBlockstore();
            Set<Multihash> missing = new HashSet<>(expected);
            for (var block : graph.blocks.entrySet()) {
                if (random.nextInt(3) == 0) {
                    here.put(List.of(block.getValue()));
                    missing.remove(block.getKey());
                    if (random.nextInt(4) == 0) {
                        here.damage(block.getValue().cid());
                        missing.add(block.getKey());
                    }
                }
            }
            missing.retainAll(expected);
            ModelExchange from = new ModelExchange(graph.blocks, random);
            GraphFetchConfig small = new GraphFetchConfig(random.nextInt(1, 5_000), random.nextInt(1, 40),
                    random.nextInt(1, 2_000), random.nextInt(1, 20), random.nextInt(1, 30), 1 << 12,
                    SeenNodes.SMALLEST << random.nextInt(8));
            GraphOutcome outcome = new GraphFetch(here, from, small, from.nanos::get).fetch(
                    new GraphRequest(root, levels, List.of(), STALL, true), GraphWatcher.NONE);
            String told = "round " + round + " of " + seeds + " with " + small;
            assertThat(outcome).as(told).isInstanceOf(Complete.class);
            assertThat(from.given).as(told).containsExactlyInAnyOrderElementsOf(missing);
            assertThat(expected).as(told).allMatch(hash -> here.has(Cid.v1(Multicodec.RAW, hash)));
            assertThat(from.mostOpen).as(told).isLessThanOrEqualTo(Math.max(SharedWindow.LEAST, small.wantedBlocks()));
            assertThat(from.closedSessions).as(told).isEqualTo(from.sessions);
            Complete complete = (Complete) outcome;
            assertThat(complete.totals().fetchedBlocks()).as(told).isEqualTo(missing.size());
        }
    }

    @Test
    void a_graph_that_is_here_asks_nobody() {
        Cid root = graphs.random(seeds.generator(), 50);
        graphs.blocks.values().forEach(block -> store.put(List.of(block)));
        assertThat(fetch(root)).isInstanceOf(Complete.class);
        assertThat(exchange.sessions).isZero();
    }

    @Test
    void what_never_comes_is_a_stall_and_a_later_walk_fetches_only_that() {
        List<Cid> leaves = leaves(500);
        Cid root = graphs.node(leaves);
        Set<Multihash> lost = new HashSet<>();
        leaves.subList(100, 140).forEach(cid -> lost.add(cid.hash()));
        exchange.lost = lost::contains;
        assertThat(fetch(root)).isInstanceOfSatisfying(Stalled.class, stalled -> {
            assertThat(stalled.totals().blocks()).isEqualTo(461);
            assertThat(lost).contains(stalled.waitingFor().hash());
            assertThat(stalled.silence()).isEqualTo(STALL);
        });
        assertThat(exchange.nanos.get()).isBetween(STALL.toNanos(), 2 * STALL.toNanos());
        exchange.lost = hash -> false;
        exchange.given.clear();
        assertThat(fetch(root)).isInstanceOfSatisfying(Complete.class,
                complete -> assertThat(complete.totals().blocks()).isEqualTo(501));
        assertThat(exchange.given).containsExactlyInAnyOrderElementsOf(lost);
    }

    @Test
    void a_chain_of_100_000_nodes_is_walked_with_one_open_node() {
        Cid at = graphs.leaf(8);
        for (int i = 0; i < 100_000; i++) {
            at = graphs.node(List.of(at));
        }
        config = new GraphFetchConfig(1 << 20, 64, 1 << 20, 64, 16, 4, 1 << 10);
        Cid root = at;
        assertThat(fetch(root)).isInstanceOfSatisfying(Complete.class,
                complete -> assertThat(complete.totals().fetchedBlocks()).isEqualTo(100_001));
    }

    @Test
    void a_chain_with_more_at_each_of_its_nodes_is_walked_with_few_links_held() {
        Cid at = graphs.leaf(8);
        for (int i = 0; i < 3_000; i++) {
            List<Cid> links = new ArrayList<>(List.of(at));
            links.addAll(leaves(6));
            at = graphs.node(links);
        }
        config = new GraphFetchConfig(1 << 20, 8, 1 << 20, 8, 32, 1 << 14, 1 << 10);
        assertThat(fetch(at)).isInstanceOfSatisfying(Complete.class,
                complete -> assertThat(complete.totals().fetchedBlocks()).isEqualTo(21_001));
    }

    @Test
    void a_wide_node_is_walked_within_the_window() {
        Cid root = graphs.node(leaves(40_000));
        assertThat(fetch(root)).isInstanceOf(Complete.class);
        assertThat(exchange.given).hasSize(40_001);
        assertThat(exchange.mostOpen).isLessThanOrEqualTo(GraphFetchConfig.DEFAULT.wantedBlocks());
    }

    @Test
    void a_graph_of_a_million_million_ways_is_walked_once() {
        Cid at = graphs.leaf(8);
        for (int i = 0; i < 60; i++) {
            at = graphs.node(List.of(at, graphs.node(List.of(at)), at));
        }
        assertThat(fetch(at)).isInstanceOfSatisfying(Complete.class,
                complete -> assertThat(complete.totals().fetchedBlocks()).isEqualTo(121));
    }

    @Test
    void a_graph_that_needs_too_many_open_nodes_is_refused() {
        Cid at = graphs.leaf(8);
        for (int i = 0; i < 200; i++) {
            at = graphs.node(List.of(at, graphs.leaf(8), graphs.leaf(8)));
        }
        config = new GraphFetchConfig(1, 1, 1 << 20, 64, 1 << 10, 3, 1 << 10);
        Cid root = graphs.node(Collections.nCopies(3, at));
        GraphOutcome outcome = new GraphFetch(store, exchange, config, exchange.nanos::get)
                .fetch(new GraphRequest(root, GraphRequest.ALL, List.of(), STALL, false), GraphWatcher.NONE);
        assertThat(outcome).isInstanceOfSatisfying(Unreadable.class,
                unreadable -> assertThat(unreadable.refusal().kind()).isEqualTo(Refusal.Kind.TOO_MANY));
    }

    @Test
    void a_node_that_is_none_ends_the_walk_with_its_name() {
        Cid broken = graphs.add(Multicodec.DAG_PB, Bytes.fromHex("ff00"));
        Cid root = graphs.node(List.of(graphs.leaf(9), broken));
        assertThat(fetch(root)).isInstanceOfSatisfying(Unreadable.class,
                unreadable -> assertThat(unreadable.cid()).isEqualTo(broken));
    }

    @Test
    void a_codec_whose_links_nobody_can_tell_ends_the_walk() {
        Cid strange = graphs.add(0x300, Bytes.fromHex("00"));
        assertThat(fetch(graphs.node(List.of(strange)))).isInstanceOfSatisfying(Unreadable.class, unreadable -> {
            assertThat(unreadable.cid()).isEqualTo(strange);
            assertThat(unreadable.refusal().kind()).isEqualTo(Refusal.Kind.UNSUPPORTED);
        });
        assertThat(fetch(graphs.node(List.of(strange)), 1, false, GraphWatcher.NONE)).isInstanceOf(Complete.class);
    }

    @Test
    void a_hash_that_nobody_can_compare_ends_the_walk() {
        Cid strange = Cid.v1(Multicodec.RAW, new Multihash(0x11, Bytes.copyOf(new byte[20])));
        assertThat(fetch(graphs.node(List.of(strange)))).isInstanceOfSatisfying(Unreadable.class, unreadable -> {
            assertThat(unreadable.cid()).isEqualTo(strange);
            assertThat(unreadable.refusal().kind()).isEqualTo(Refusal.Kind.UNSUPPORTED);
        });
    }

    @Test
    void one_block_under_many_codecs_is_refused() {
        Bytes data = Bytes.fromHex("0a00");
        List<Cid> links = new ArrayList<>();
        for (long codec = 0x300; codec < 0x320; codec++) {
            links.add(graphs.add(codec, data));
        }
        graphs.add(Multicodec.RAW, data);
        exchange.lost = Multihash.sha256(data)::equals;
        assertThat(fetch(graphs.node(links))).isInstanceOfSatisfying(Unreadable.class,
                unreadable -> assertThat(unreadable.refusal().kind()).isEqualTo(Refusal.Kind.TOO_MANY));
    }

    @Test
    void blocks_in_their_own_cid_are_here_and_their_links_are_walked() {
        Cid inner = graphs.leaf(20);
        Cid wrapped = graphs.node(List.of(inner));
        Cid identity = Cid.v1(Multicodec.DAG_PB, Multihash.identity(graphs.data(wrapped)));
        assertThat(fetch(identity)).isInstanceOf(Complete.class);
        assertThat(exchange.given).containsExactly(inner.hash());
    }

    @Test
    void an_interrupt_ends_the_walk_and_stays() {
        Cid root = graphs.node(leaves(10));
        Thread.currentThread().interrupt();
        assertThat(fetch(root)).isInstanceOf(Cancelled.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_budget_that_is_used_up_ends_the_walk_and_nothing_beyond_it_is_stored() {
        List<Cid> leaves = leaves(100);
        Cid root = graphs.node(leaves);
        config = new GraphFetchConfig(1 << 20, 16, 1 << 20, 4, 1 << 10, 1 << 10, 1 << 10);
        GraphWatcher budget = new GraphWatcher() {
            @Override
            public boolean admits(long bytes) {
                return store.usage().bytes() + bytes <= 8_000;
            }
        };
        assertThat(fetch(root, GraphRequest.ALL, false, budget)).isInstanceOf(OverBudget.class);
        assertThat(store.usage().bytes()).isBetween(6_000L, 8_000L);
    }

    @Test
    void a_full_disk_ends_the_walk() {
        store.limitTo(3_000);
        assertThat(fetch(graphs.node(leaves(100)))).isInstanceOf(DiskFull.class);
    }

    @Test
    void a_watcher_hears_of_each_block_before_it_is_looked_for_and_when_it_is_here() {
        Cid root = graphs.random(seeds.generator(), 100);
        Set<Multihash> relied = new HashSet<>();
        Set<Multihash> here = new HashSet<>();
        List<Long> progress = new ArrayList<>();
        GraphOutcome outcome = fetch(root, GraphRequest.ALL, false, new GraphWatcher() {
            @Override
            public void relyOn(Multihash block) {
                relied.add(block);
            }

            @Override
            public void here(Cid cid, int bytes) {
                assertThat(relied).contains(cid.hash());
                assertThat(store.has(cid)).isTrue();
                here.add(cid.hash());
            }

            @Override
            public void progress(long blocks, long bytes) {
                progress.add(blocks);
            }
        });
        assertThat(outcome).isInstanceOf(Complete.class);
        assertThat(here).as(seeds.toString()).isEqualTo(graphs.below(root, GraphRequest.ALL));
        assertThat(progress).isSorted().last().isEqualTo(((Complete) outcome).totals().blocks());
    }

    @Test
    void walks_that_run_at_once_share_what_may_be_on_its_way() {
        SharedWindow window = new SharedWindow(GraphFetchConfig.DEFAULT);
        window.enter();
        assertThat(window.blocks(256 << 10)).isEqualTo(256);
        assertThat(window.blocks(100)).isEqualTo(1_024);
        for (int i = 1; i < 16; i++) {
            window.enter();
        }
        assertThat(window.blocks(256 << 10)).isEqualTo(16);
        assertThat(window.blocks(2 << 20)).isEqualTo(SharedWindow.LEAST);
    }

    private List<Cid> leaves(int count) {
        List<Cid> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leaves.add(graphs.leaf(100));
        }
        return leaves;
    }
}
