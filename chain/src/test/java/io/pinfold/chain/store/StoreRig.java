package io.pinfold.chain.store;

import io.pinfold.chain.IntakeEntry;
import io.pinfold.chain.core.Block;
import io.pinfold.chain.core.BlockEffect;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.PinChange;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.store.blocks.SegmentChainStore;
import io.pinfold.chain.store.file.FileSystemAccess;
import io.pinfold.chain.store.intake.FileIntakeLog;
import io.pinfold.chain.store.pins.MapDbPinStore;
import io.pinfold.chain.store.pins.PinStoreConfig;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.testing.TestKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** The three stores of a peer in one folder, and the little of a peer that feeds them. */
final class StoreRig implements AutoCloseable {

    static final TestChains CHAINS = new TestChains(1, 2);

    /** CIDs that operations are about. */
    static final int CIDS = 200;

    final SegmentChainStore chain;
    final FileIntakeLog intake;
    final MapDbPinStore pins;

    /** Opens what is in {@code folder}; bases are built all the time. */
    StoreRig(Path folder) {
        this(folder, 3000);
    }

    /** Opens what is in {@code folder}; applying waits at {@code maxChanges} in memory. */
    StoreRig(Path folder, int maxChanges) {
        FileSystemAccess disk = FileSystemAccess.DISK;
        RandomGenerator random = new SplittableRandom();
        PinStoreConfig config = new PinStoreConfig(folder.resolve("pins"), 30, Duration.ofMinutes(5), 4, maxChanges);
        chain = SegmentChainStore.open(folder.resolve("chain"), disk, random).orElseThrow();
        intake = FileIntakeLog.open(folder.resolve("intake"), disk, random).orElseThrow();
        pins = MapDbPinStore.open(config, CHAINS.chainId(), disk, InstantSource.system(), random, _ -> {})
                .orElseThrow();
    }

    /** What a peer does at its start: brings the state to where the chain is. */
    void catchUp() {
        while (pins.mark().height() > 0
                && !chain.cidAt(pins.mark().height()).equals(Optional.of(pins.mark().point().cid()))) {
            pins.rewind(pins.mark().height() - 1);
        }
        chain.scan(pins.mark().height() + 1, block -> {
            pins.apply(effect(pins.mark(), block));
            return true;
        });
    }

    ChainPoint head() {
        return chain.head().orElse(new ChainPoint(0, CHAINS.chainId()));
    }

    /** {@code count} blocks on top of {@code parent}, with one operation each. */
    List<SignedBlock> grow(ChainPoint parent, int author, int count, RandomGenerator random) {
        List<SignedBlock> blocks = new ArrayList<>();
        ChainPoint last = parent;
        for (int i = 0; i < count; i++) {
            long height = last.height() + 1;
            Block block = new Block(CHAINS.chainId(), height, last.cid(), CHAINS.chainId(), List.of(),
                    TestKeys.peerId(author), height, TestChains.START + height * 1000 + random.nextInt(1000),
                    List.of(operation(random)));
            blocks.add(TestChains.sign(block, author));
            last = new ChainPoint(height, blocks.getLast().cid());
        }
        return blocks;
    }

    static LogOp operation(RandomGenerator random) {
        int cid = random.nextInt(CIDS);
        return random.nextInt(3) == 0 ? TestOps.unpin(cid) : TestOps.pin(cid, "pin " + random.nextInt());
    }

    static IntakeEntry entry(long seq, LogOp op) {
        return new IntakeEntry(seq, 0, op, TestChains.START, Optional.empty());
    }

    static BlockEffect effect(StateMark before, SignedBlock block) {
        List<PinChange> changes = block.block().ops().stream().map(op -> change(op, block)).toList();
        StateMark after = new StateMark(new ChainPoint(block.height(), block.cid()), block.block().timeMillis(),
                before.trust(), 0, before.sequences());
        return new BlockEffect(before.point(), after, changes);
    }

    private static PinChange change(LogOp op, SignedBlock block) {
        return switch (op) {
            case LogOp.PinOp(var pin) -> new PinChange(pin.cid(),
                    Optional.of(new PinEntry(pin, block.height(), block.block().timeMillis())));
            case LogOp.UnpinOp(Cid cid) -> new PinChange(cid, Optional.empty());
            case LogOp.TrustOp _,LogOp.ConfigOp _ -> throw new IllegalArgumentException("no change of pins: " + op);
        };
    }

    /** The pinset that the chain says, folded from its first block. */
    SortedMap<Cid, PinEntry> fold() {
        SortedMap<Cid, PinEntry> pinset = new TreeMap<>();
        chain.scan(1, block -> {
            for (LogOp op : block.block().ops()) {
                PinChange change = change(op, block);
                change.entry()
                        .ifPresentOrElse(entry -> pinset.put(change.cid(), entry),
                                () -> pinset.remove(change.cid()));
            }
            return true;
        });
        return pinset;
    }

    @Override
    public void close() {
        pins.close();
        intake.close();
        chain.close();
    }
}
