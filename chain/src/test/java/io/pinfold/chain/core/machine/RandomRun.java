package io.pinfold.chain.core.machine;

import io.pinfold.chain.ChainAlert;
import io.pinfold.chain.IntakeEntry;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.Pin;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.testing.MemoryPinStore;
import io.pinfold.chain.testing.TestOps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A random life of a small cluster: writes, cut power, full disks, lost and late messages, partitions. At each step the
 * invariants of the chain hold, and when all is well again all peers have what the plain model says.
 */
final class RandomRun {

    private static final int CIDS = 12;
    private static final Duration HEALING = Duration.ofMinutes(20);

    private final long seed;
    private final RandomGenerator random;
    private final SimCluster cluster;
    private final ChainReplay replay;
    private final int writers;
    private final Map<SimPeer, List<String>> acknowledged = new HashMap<>();
    private final Map<SimPeer, ChainPoint> heads = new HashMap<>();
    private final Map<SimPeer, MemoryPinStore> bases = new HashMap<>();
    private int ops;

    RandomRun(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.writers = 1 + random.nextInt(3);
        this.cluster = new SimCluster(seed, IntStream.rangeClosed(1, writers).toArray());
        this.replay = new ChainReplay(cluster.chains);
        int followers = writers == 1 ? 1 + random.nextInt(2) : random.nextInt(2);
        IntStream.rangeClosed(1, writers + followers).forEach(cluster::peer);
    }

    /** Lives, heals and checks. */
    void run() {
        int steps = 10 + random.nextInt(40);
        for (int i = 0; i < steps; i++) {
            act();
            cluster.run(Duration.ofMillis(random.nextInt(8) == 0 ? random.nextInt(30_000) : random.nextInt(150)));
            check();
        }
        heal();
        cluster.settle(HEALING);
        check();
        checkAllThere();
    }

    private void act() {
        SimPeer peer = any(cluster.peers());
        switch (random.nextInt(16)) {
            case 0 -> cutPower(peer);
            case 1, 2 -> peer.fate.cutAfter(random.nextInt(6), random);
            case 3 -> peer.fate.diskFull(random.nextBoolean());
            case 4, 5 -> partition();
            case 6 -> cluster.heal();
            case 7 -> cluster.conditions(Duration.ofMillis(2 + random.nextInt(400)), random.nextInt(4) * 0.15,
                    random.nextInt(3) * 0.2);
            case 8, 9 -> cluster.peers().stream().filter(each -> !each.isUp()).forEach(SimPeer::start);
            case 10 -> bases.put(peer, peer.pins.base());
            default -> write(cluster.peers().get(random.nextInt(writers)));
        }
    }

    private void write(SimPeer writer) {
        int count = random.nextInt(6) == 0 ? 1 + random.nextInt(40) : 1 + random.nextInt(3);
        for (int i = 0; i < count && writer.isUp(); i++) {
            if (random.nextInt(5) == 0) {
                writer.acknowledges(TestOps.unpin(random.nextInt(CIDS)));
            } else {
                String name = "op " + ops++;
                if (writer.acknowledges(TestOps.pin(random.nextInt(CIDS), name))) {
                    acknowledged.computeIfAbsent(writer, _ -> new ArrayList<>()).add(name);
                }
            }
            cluster.run(Duration.ofMillis(random.nextInt(4)));
        }
    }

    private void cutPower(SimPeer peer) {
        MemoryPinStore base = bases.get(peer);
        if (base != null && random.nextBoolean()) {
            peer.crash(base.base());
        } else {
            peer.crash();
        }
    }

    private void partition() {
        int cut = random.nextInt(1 << cluster.peers().size());
        cluster.partition(side(cut, 1), side(cut, 0));
    }

    private int[] side(int cut, int bit) {
        return IntStream.range(0, cluster.peers().size()).filter(i -> (cut >> i & 1) == bit).map(i -> i + 1).toArray();
    }

    private void heal() {
        cluster.heal();
        cluster.conditions(Duration.ofMillis(8), 0, 0);
        for (SimPeer peer : cluster.peers()) {
            peer.fate.spare();
            if (!peer.isUp()) {
                peer.start();
            }
        }
    }

    private void check() {
        for (SimPeer peer : cluster.peers()) {
            ChainPoint head = peer.blocks.head().orElse(new ChainPoint(0, cluster.chains.chainId()));
            ChainReplay.State model = replay.at(head.cid(), peer);
            assertThat(model.height()).as(what(peer, "height")).isEqualTo(head.height());
            ChainPoint before = Objects.requireNonNullElse(heads.put(peer, head), head);
            assertThat(head.height()).as(what(peer, "the applied branch never gets worse"))
                    .isGreaterThanOrEqualTo(before.height());
            if (peer.isUp() && peer.pins.mark().point().equals(head)) {
                assertThat(peer.pins.all()).as(what(peer, "the state is the replay of the chain"))
                        .isEqualTo(model.pins());
            }
            assertThat(peer.calls.penalties).as(what(peer, "blamed")).isEmpty();
            assertThat(peer.alerts).as(what(peer, "alerts")).allMatch(RandomRun::isNoWonder);
            assertThat(peer.blocks.all().stream().filter(block -> block.block().author().equals(peer.id())))
                    .as(what(peer,
                            "a number is reserved before a block has it"))
                    .allMatch(block -> block.block().seq() <= peer.guard.reserved());
            assertThat(peer.guard.heads()).as(what(peer, "a head is accepted once its block is durable"))
                    .allMatch(mark -> mark.height() == 0 || peer.blocks.contains(mark.cid()));
            assertThat(kept(peer)).as(what(peer, "what it acknowledged"))
                    .containsAll(acknowledged.getOrDefault(peer, List.of()));
        }
    }

    private void checkAllThere() {
        SimPeer first = cluster.peers().getFirst();
        List<String> applied = replay.at(first.status().head().point().cid(), first).applied();
        for (SimPeer peer : cluster.peers()) {
            assertThat(peer.pins.all()).as(what(peer, "pinset")).isEqualTo(first.pins.all());
            List<String> own = acknowledged.getOrDefault(peer, List.of());
            assertThat(applied).as(what(peer, "acknowledged")).containsAll(own);
            assertThat(own).as(what(peer, "operations apply in the order of their acknowledgment"))
                    .isSortedAccordingTo((one, other) -> Integer.compare(applied.lastIndexOf(one),
                            applied.lastIndexOf(other)));
        }
    }

    /** The names of the pins that {@code peer} has in its intake log and in its blocks. */
    private static Set<String> kept(SimPeer peer) {
        Set<String> names = new HashSet<>();
        peer.intake.pending().stream().map(IntakeEntry::op).forEach(op -> addName(op, names));
        for (SignedBlock block : peer.blocks.all()) {
            block.block().ops().forEach(op -> addName(op, names));
        }
        return names;
    }

    private static void addName(LogOp op, Set<String> names) {
        if (op instanceof LogOp.PinOp(Pin pin)) {
            names.add(pin.name());
        }
    }

    private static boolean isNoWonder(ChainAlert alert) {
        return alert instanceof ChainAlert.DiskTrouble || alert instanceof ChainAlert.MergeConflict
                || alert instanceof ChainAlert.DeepReorganisation;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String what(SimPeer peer, String what) {
        return what + " of peer " + (cluster.peers().indexOf(peer) + 1) + ", run " + seed;
    }
}
