package io.pinfold.ipfsnode.dag;

import io.pinfold.ipfsnode.dag.Walk.Limits;
import io.pinfold.ipfsnode.dag.Walk.Reason;
import io.pinfold.ipfsnode.dag.Walk.Step;
import io.pinfold.ipfsnode.testing.InMemoryBlockstore;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.cbor.CborValue;
import io.pinfold.multiformats.cbor.CborValue.CborInt;
import io.pinfold.multiformats.cbor.CborValue.CborLink;
import io.pinfold.multiformats.cbor.CborValue.CborList;
import io.pinfold.multiformats.cbor.DagCbor;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

class WalkTest {

    @RegisterExtension
    final Seeds seeds = new Seeds();

    private final InMemoryBlockstore blocks = new InMemoryBlockstore();
    private final Map<Cid, List<Cid>> children = new HashMap<>();

    @Test
    void goesDepthFirstAndVisitsEachBlockOnce() {
        Cid leaf = leaf(1);
        Cid other = leaf(2);
        Cid left = node(1, leaf, other);
        Cid right = node(2, other, leaf(3));
        Cid root = node(3, left, right, leaf);
        List<Step> steps = walk(Limits.DEFAULT, root);
        assertThat(visited(steps)).containsExactly(root, left, leaf, other, right, leaf(3));
        assertThat(steps.getLast()).isEqualTo(new Step.Done(6, blocks.usage().bytes()));
    }

    @Test
    void oneBlockByTwoCidsOfOneCodecIsVisitedOnce() {
        Bytes data = Bytes.fromHex("0a00");
        Cid v0 = Cid.v0(Multihash.sha256(data));
        blocks.put(List.of(new Block(v0, data)));
        assertThat(visited(walk(Limits.DEFAULT, v0, v0.toV1()))).containsExactly(v0);
        Cid raw = Cid.raw(data);
        assertThat(visited(walk(Limits.DEFAULT, raw, v0))).containsExactly(raw, v0);
    }

    @Test
    void randomGraphsAreVisitedAsByTheModel() {
        RandomGenerator random = seeds.generator();
        for (int round = 0; round < 300; round++) {
            List<Cid> nodes = new ArrayList<>(List.of(leaf(0)));
            for (int i = 0; i < 40; i++) {
                nodes.add(node(i, Stream.generate(() -> nodes.get(random.nextInt(nodes.size())))
                        .limit(random.nextInt(5))
                        .toArray(Cid[]::new)));
            }
            Set<Cid> order = new LinkedHashSet<>();
            depthFirst(nodes.getLast(), order);
            assertThat(visited(walk(Limits.DEFAULT, nodes.getLast()))).as(seeds.toString())
                    .containsExactlyElementsOf(order);
            int depth = random.nextInt(6);
            assertThat(visited(walk(new Limits(depth, 1000), nodes.getLast()))).as(seeds.toString())
                    .containsExactlyInAnyOrderElementsOf(within(nodes.getLast(), depth));
        }
    }

    @Test
    void whatIsMissingDamagedOrMalformedIsSaidAndTheRestVisited() {
        Cid damaged = leaf(1);
        blocks.damage(damaged);
        Bytes garbage = Bytes.fromHex("ff");
        Cid malformed = Cid.dagCbor(garbage);
        blocks.put(List.of(new Block(malformed, garbage)));
        Cid missing = TestCids.cid(99);
        Cid root = node(1, damaged, malformed, missing, leaf(2));
        List<Step> steps = walk(Limits.DEFAULT, root);
        assertThat(visited(steps)).containsExactly(root, leaf(2));
        assertThat(steps).filteredOn(Step.Stuck.class::isInstance)
                .map(Step.Stuck.class::cast)
                .extracting(Step.Stuck::cid, Step.Stuck::reason)
                .containsExactly(tuple(damaged, Reason.DAMAGED), tuple(malformed, Reason.MALFORMED),
                        tuple(missing, Reason.MISSING));
    }

    @Test
    void theNumberOfBlocksIsBounded() {
        Cid root = node(1, leaf(1), leaf(2));
        assertThat(visited(walk(new Limits(9, 3), root))).hasSize(3);
        Walk walk = new Walk(blocks, List.of(root), new Limits(9, 2));
        walk.next();
        walk.next();
        assertThat(walk.next()).isInstanceOfSatisfying(Step.Stuck.class,
                stuck -> assertThat(stuck.reason()).isEqualTo(Reason.TOO_MANY));
        assertThat(walk.next()).isInstanceOf(Step.Stuck.class);
    }

    @Test
    void aBombOfLinksIsBounded() {
        Cid below = leaf(0);
        for (int level = 0; level < 20; level++) {
            List<Cid> wide = new ArrayList<>(List.of(below));
            for (int i = 0; i < 40_000; i++) {
                wide.add(Cid.v1(Multicodec.RAW, Multihash.identity(Bytes.copyOf(new byte[]{(byte) level, (byte) i,
                    (byte) (i >> 8)}))));
            }
            below = node(level, wide.toArray(Cid[]::new));
        }
        Walk walk = new Walk(blocks, List.of(below), Limits.DEFAULT);
        Step step = walk.next();
        while (step instanceof Step.At) {
            step = walk.next();
        }
        assertThat(step).isInstanceOfSatisfying(Step.Stuck.class,
                stuck -> assertThat(stuck.reason()).isEqualTo(Reason.TOO_WIDE));
    }

    @Test
    void aChainOfAnyLengthIsWalked() {
        Cid below = leaf(0);
        for (int i = 0; i < 20_000; i++) {
            below = node(i, below);
        }
        assertThat(visited(walk(Limits.DEFAULT, below))).hasSize(20_001);
    }

    @Test
    void badLimitsAreRefused() {
        assertThatThrownBy(() -> new Limits(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limits(1, Integer.MAX_VALUE)).isInstanceOf(IllegalArgumentException.class);
    }

    private void depthFirst(Cid cid, Set<Cid> order) {
        if (order.add(cid)) {
            children.getOrDefault(cid, List.of()).forEach(child -> depthFirst(child, order));
        }
    }

    private Set<Cid> within(Cid root, int depth) {
        Set<Cid> level = Set.of(root);
        Set<Cid> all = new LinkedHashSet<>(level);
        for (int i = 0; i < depth; i++) {
            level = level.stream()
                    .flatMap(cid -> children.getOrDefault(cid, List.of()).stream())
                    .collect(Collectors.toSet());
            all.addAll(level);
        }
        return all;
    }

    private List<Step> walk(Limits limits, Cid... roots) {
        Walk walk = new Walk(blocks, List.of(roots), limits);
        List<Step> steps = new ArrayList<>();
        do {
            steps.add(walk.next());
        } while (!(steps.getLast() instanceof Step.Done));
        return steps;
    }

    private static List<Cid> visited(List<Step> steps) {
        return steps.stream().filter(Step.At.class::isInstance).map(step -> ((Step.At) step).block().cid()).toList();
    }

    private Cid leaf(int number) {
        blocks.put(List.of(new Block(TestCids.cid(number), TestCids.block(number))));
        return TestCids.cid(number);
    }

    private Cid node(int number, Cid... links) {
        CborList value = CborList.of(new CborInt(number),
                new CborList(Stream.of(links).<CborValue>map(CborLink::new).toList()));
        Bytes data = DagCbor.encode(value);
        blocks.put(List.of(new Block(Cid.dagCbor(data), data)));
        children.put(Cid.dagCbor(data), List.of(links));
        return Cid.dagCbor(data);
    }
}
