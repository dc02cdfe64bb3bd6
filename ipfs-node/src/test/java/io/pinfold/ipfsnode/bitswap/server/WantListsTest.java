package io.pinfold.ipfsnode.bitswap.server;

import io.pinfold.ipfsnode.bitswap.wire.Want;
import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.PeerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WantListsTest {

    private static final PeerId ALICE = SimNetwork.keyOf(1).peerId();
    private static final PeerId BOB = SimNetwork.keyOf(2).peerId();

    private final WantLists lists = new WantLists(4, 6);

    @Test
    void higherPrioritiesComeFirst() {
        lists.take(ALICE, List.of(Want.block(cid(1), 1), Want.block(cid(2), 9), Want.have(cid(3), 9)), false);
        assertThat(polled(ALICE)).containsExactly(cid(2), cid(3), cid(1));
    }

    @Test
    void aFullListReplacesWhatWasSaid() {
        lists.take(ALICE, List.of(Want.block(cid(1), 1), Want.block(cid(2), 1)), false);
        lists.take(ALICE, List.of(Want.block(cid(3), 1)), true);
        assertThat(polled(ALICE)).containsExactly(cid(3));
        assertThat(lists.size()).isEqualTo(1);
    }

    @Test
    void cancelledWantsAreNotDue() {
        lists.take(ALICE, List.of(Want.block(cid(1), 1), Want.block(cid(2), 1), Want.cancel(cid(1))), false);
        assertThat(polled(ALICE)).containsExactly(cid(2));
    }

    @Test
    void beyondTheBoundsNothingIsKept() {
        assertThat(lists.take(ALICE, wants(0, 5), false)).isEqualTo(1);
        assertThat(lists.take(BOB, wants(0, 4), false)).isEqualTo(2);
        assertThat(lists.size()).isEqualTo(6);
        lists.remove(ALICE);
        assertThat(lists.take(BOB, wants(2, 4), false)).isZero();
    }

    @Test
    void waitingWantsAreDueWhenTheirBlockArrives() {
        lists.take(ALICE, List.of(Want.block(cid(1), 1)), false);
        lists.take(BOB, List.of(Want.block(Cid.v0(cid(1).hash()), 1)), false);
        assertThat(polled(ALICE)).hasSize(1);
        assertThat(lists.hasDue(ALICE)).isFalse();
        assertThat(lists.arrived(List.of(cid(1).hash(), cid(7).hash()))).containsExactlyInAnyOrder(ALICE, BOB);
        assertThat(polled(ALICE)).containsExactly(cid(1));
        assertThat(polled(BOB)).containsExactly(Cid.v0(cid(1).hash()));
    }

    @Test
    void aWantSaidAnewWhileItIsAnsweredStays() {
        lists.take(ALICE, List.of(Want.have(cid(1), 1)), false);
        Want polled = lists.poll(ALICE).orElseThrow();
        lists.take(ALICE, List.of(Want.block(cid(1), 1)), false);
        lists.fulfilled(ALICE, polled);
        assertThat(lists.poll(ALICE)).contains(Want.block(cid(1), 1));
        lists.fulfilled(ALICE, Want.block(cid(1), 1));
        assertThat(lists.size()).isZero();
        assertThat(lists.arrived(List.of(cid(1).hash()))).isEmpty();
    }

    @Test
    void askedForTheBlockIsMoreThanAskedWhetherItIsThere() {
        lists.take(ALICE, List.of(Want.block(cid(1), 1), Want.have(cid(1), 1)), false);
        assertThat(lists.poll(ALICE).orElseThrow().kind()).isEqualTo(Want.Kind.BLOCK);
    }

    /** Against a map that is sorted at each poll. */
    @Test
    void likeTheModel() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        WantLists subject = new WantLists(1_000, 1_000);
        Map<Cid, Want> open = new HashMap<>();
        List<Cid> due = new ArrayList<>();
        List<Cid> age = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            Cid cid = cid(random.nextInt(50));
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    Want want = Want.block(cid, random.nextInt(3));
                    subject.take(ALICE, List.of(want), false);
                    if (open.put(cid, want) == null) {
                        age.add(cid);
                    }
                    due.remove(cid);
                    due.add(cid);
                }
                case 2 -> {
                    subject.take(ALICE, List.of(Want.cancel(cid)), false);
                    open.remove(cid);
                    due.remove(cid);
                    age.remove(cid);
                }
                case 3 -> {
                    assertThat(!subject.arrived(List.of(cid.hash())).isEmpty()).as("seed %d", seed)
                            .isEqualTo(open.containsKey(cid));
                    if (open.containsKey(cid) && !due.contains(cid)) {
                        due.add(cid);
                    }
                }
                default -> {
                    Optional<Want> expected = due.stream()
                            .map(open::get)
                            .min(Comparator.comparingInt((Want want) -> -want.priority())
                                    .thenComparingInt(want -> age.indexOf(want.cid())));
                    assertThat(subject.poll(ALICE)).as("seed %d", seed).isEqualTo(expected);
                    expected.ifPresent(want -> {
                        due.remove(want.cid());
                        if (random.nextBoolean()) {
                            subject.fulfilled(ALICE, want);
                            open.remove(want.cid());
                            age.remove(want.cid());
                        }
                    });
                }
            }
            assertThat(subject.size()).as("seed %d", seed).isEqualTo(open.size());
        }
    }

    private List<Cid> polled(PeerId peer) {
        List<Cid> polled = new ArrayList<>();
        for (Optional<Want> want = lists.poll(peer); want.isPresent(); want = lists.poll(peer)) {
            polled.add(want.get().cid());
        }
        return polled;
    }

    private static List<Want> wants(int from, int to) {
        List<Want> wants = new ArrayList<>();
        for (int i = from; i < to; i++) {
            wants.add(Want.block(cid(i), 1));
        }
        return wants;
    }

    private static Cid cid(int number) {
        return Cid.v1(0x70, Multihash.sha256(Bytes.copyOf(new byte[]{(byte) number})));
    }
}
