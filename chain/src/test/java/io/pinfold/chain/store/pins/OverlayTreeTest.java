package io.pinfold.chain.store.pins;

import io.pinfold.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class OverlayTreeTest {

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @Test
    void behavesLikeATreeMapAndOldVersionsStay() {
        RandomGenerator random = seeds.generator();
        OverlayTree tree = OverlayTree.empty(random.nextLong());
        NavigableMap<String, Optional<String>> model = new TreeMap<>();
        List<OverlayTree> oldTrees = new ArrayList<>();
        List<NavigableMap<String, Optional<String>>> oldModels = new ArrayList<>();
        for (int step = 0; step < 3000; step++) {
            String key = Integer.toString(random.nextInt(300), 36);
            int kind = random.nextInt(4);
            if (kind == 0) {
                tree = tree.forget(bytes(key));
                model.remove(key);
            } else {
                Optional<String> value = kind == 1 ? Optional.empty() : Optional.of("v" + step);
                tree = tree.put(bytes(key), value.map(OverlayTreeTest::bytes).orElse(null));
                model.put(key, value);
            }
            if (step % 500 == 0) {
                oldTrees.add(tree);
                oldModels.add(new TreeMap<>(model));
            }
        }
        oldTrees.add(tree);
        oldModels.add(model);
        for (int i = 0; i < oldTrees.size(); i++) {
            requireSame(oldTrees.get(i), oldModels.get(i), random);
        }
    }

    private void requireSame(OverlayTree tree, NavigableMap<String, Optional<String>> model, RandomGenerator random) {
        assertThat(list(tree.iterator(null))).as(seeds.toString()).isEqualTo(list(model));
        for (int i = 0; i < 50; i++) {
            String key = Integer.toString(random.nextInt(300), 36);
            OverlayTree.Node node = tree.find(bytes(key));
            assertThat(node != null).as(seeds.toString()).isEqualTo(model.containsKey(key));
            assertThat(list(tree.iterator(bytes(key)))).as(seeds.toString())
                    .isEqualTo(list(model.tailMap(key, false)));
        }
    }

    @Test
    void ascendingKeysDoNotMakeAList() {
        OverlayTree tree = OverlayTree.empty(seeds.generator().nextLong());
        for (int i = 0; i < 100_000; i++) {
            tree = tree.put(bytes("%08d".formatted(i)), null);
        }
        int greatest = 0;
        Iterator<OverlayTree.Node> nodes = tree.iterator(null);
        while (nodes.hasNext()) {
            greatest = Math.max(greatest, depth(nodes.next()));
        }
        assertThat(greatest).as(seeds.toString()).isBetween(17, 100);
    }

    /** Nodes on the longest way down from {@code node}. */
    private static int depth(OverlayTree.@Nullable Node node) {
        return node == null ? 0 : 1 + Math.max(depth(node.left()), depth(node.right()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> list(Iterator<OverlayTree.Node> nodes) {
        List<String> list = new ArrayList<>();
        nodes.forEachRemaining(node -> list.add(Arrays.toString(node.key()) + Arrays.toString(node.value())));
        return list;
    }

    private static List<String> list(Map<String, Optional<String>> model) {
        List<String> list = new ArrayList<>();
        model.forEach((key, value) -> list.add(Arrays.toString(bytes(key))
                + Arrays.toString(value.map(OverlayTreeTest::bytes).orElse(null))));
        return list;
    }
}
