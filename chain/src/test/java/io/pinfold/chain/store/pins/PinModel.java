package io.pinfold.chain.store.pins;

import io.pinfold.chain.core.BlockEffect;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.Pin;
import io.pinfold.chain.core.PinChange;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.core.StateMark;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** What a pin store is meant to be: a sorted map after each block of a chain, which may branch. */
final class PinModel {

    private static final Cid GENESIS = TestCids.cid(-1);

    private final int cids;
    private final Map<ChainPoint, SortedMap<Cid, PinEntry>> states = new HashMap<>();
    private final List<BlockEffect> branch = new ArrayList<>();
    private int blocks;

    /** A chain whose operations are about CIDs 0 to {@code cids - 1}. */
    PinModel(int cids) {
        this.cids = cids;
        states.put(genesis().point(), new TreeMap<>());
    }

    static Cid chainId() {
        return GENESIS;
    }

    static StateMark genesis() {
        return StateMark.genesis(GENESIS);
    }

    StateMark mark() {
        return branch.isEmpty() ? genesis() : branch.getLast().after();
    }

    /** The pinset at {@code point} of any branch. */
    SortedMap<Cid, PinEntry> at(ChainPoint point) {
        return Objects.requireNonNull(states.get(point), "unknown " + point);
    }

    /** The blocks of the present branch above {@code height}. */
    List<BlockEffect> above(long height) {
        return List.copyOf(branch.subList((int) height, branch.size()));
    }

    /** Whether the present branch has the block at {@code point}. */
    boolean has(ChainPoint point) {
        return point.height() == 0
                || (point.height() <= branch.size()
                        && branch.get((int) point.height() - 1).after().point().equals(point));
    }

    /** Leaves the branch above {@code height}. */
    void rewind(long height) {
        while (branch.size() > height) {
            branch.removeLast();
        }
    }

    /** Adds a block with up to {@code maxOps} random operations. */
    BlockEffect grow(RandomGenerator random, int maxOps) {
        StateMark before = mark();
        long height = before.height() + 1;
        StateMark after = new StateMark(new ChainPoint(height, TestCids.cid(1_000_000 + blocks++)), height * 1000,
                GENESIS, 0,
                before.sequences().plus(TestKeys.peerId(1), height));
        SortedMap<Cid, PinEntry> state = new TreeMap<>(at(before.point()));
        List<PinChange> changes = new ArrayList<>();
        for (int i = random.nextInt(maxOps + 1); i > 0; i--) {
            Cid cid = TestCids.cid(random.nextInt(cids));
            Optional<PinEntry> entry = random.nextInt(3) == 0
                    ? Optional.empty()
                    : Optional.of(new PinEntry(Pin.of(cid).withName("n" + blocks), height, height * 1000));
            changes.add(new PinChange(cid, entry));
            entry.ifPresentOrElse(pin -> state.put(cid, pin), () -> state.remove(cid));
        }
        states.put(after.point(), state);
        BlockEffect effect = new BlockEffect(before.point(), after, changes);
        branch.add(effect);
        return effect;
    }
}
