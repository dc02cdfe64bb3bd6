package io.pinfold.ipfsnode.fetch;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import io.pinfold.testkit.Seeds;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class SeenNodesTest {

    @RegisterExtension
    final Seeds seeds = new Seeds();

    private static Cid cid(long number, long codec) {
        return Cid.v1(codec, Multihash.sha256(Bytes.copyOf(ByteBuffer.allocate(8).putLong(number).array())));
    }

    @Test
    void far_below_its_bound_it_remembers_as_a_set_does() {
        RandomGenerator random = seeds.generator();
        SeenNodes seen = new SeenNodes(1 << 18, false);
        Set<Cid> model = new HashSet<>();
        for (int i = 0; i < 30_000; i++) {
            Cid cid = cid(random.nextInt(8_000), random.nextBoolean() ? Multicodec.DAG_PB : Multicodec.DAG_CBOR);
            assertThat(seen.add(cid, 0)).as(seeds.toString()).isEqualTo(model.add(cid));
        }
    }

    @Test
    void with_levels_a_deeper_walk_is_new() {
        RandomGenerator random = seeds.generator();
        SeenNodes seen = new SeenNodes(1 << 16, true);
        Map<Cid, Integer> model = new HashMap<>();
        for (int i = 0; i < 30_000; i++) {
            Cid cid = cid(random.nextInt(4_000), Multicodec.DAG_PB);
            int down = random.nextInt(1, 20);
            assertThat(seen.add(cid, down)).as(seeds.toString()).isEqualTo(model.getOrDefault(cid, 0) < down);
            model.merge(cid, down, Math::max);
        }
    }

    @Test
    void past_its_bound_it_forgets_but_never_says_seen_of_what_was_not() {
        SeenNodes seen = new SeenNodes(64, false);
        for (int i = 0; i < 10_000; i++) {
            assertThat(seen.add(cid(i, Multicodec.DAG_PB), 0)).isTrue();
            assertThat(seen.add(cid(i, Multicodec.DAG_PB), 0)).isFalse();
        }
    }
}
