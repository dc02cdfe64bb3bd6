package io.pinfold.chain.store.pins;

import io.pinfold.chain.PinStore;
import io.pinfold.chain.PinView;
import io.pinfold.chain.StoreException;
import io.pinfold.chain.StoreFailure;
import io.pinfold.chain.core.BlockEffect;
import io.pinfold.chain.core.PinChange;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.store.Opening;
import io.pinfold.chain.store.file.Failures;
import io.pinfold.chain.store.file.FileSystemAccess;
import io.pinfold.chain.store.file.FolderLock;
import io.pinfold.chain.store.segment.OpenResult;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The pinset on bases in MapDB.
 *
 * <p>The state is one immutable value that the applying thread replaces and all others read, so nothing waits for
 * anything. A base is built in the background from a frozen state; the applying thread takes it into use between two
 * blocks. A folder has one store at a time.
 */
public final class MapDbPinStore implements PinStore {

    private final PinStoreConfig config;
    private final FolderLock lock;
    private final BaseKeeper keeper;
    private final BaseSchedule schedule;
    private final BaseBuilder builder;
    private final long salt;
    private volatile PinState state;
    private volatile boolean closed;

    private MapDbPinStore(PinStoreConfig config, FolderLock lock, BaseKeeper keeper, InstantSource clock, long salt) {
        this.config = config;
        this.lock = lock;
        this.keeper = keeper;
        this.salt = salt;
        this.schedule = new BaseSchedule(config, clock);
        this.builder = new BaseBuilder(keeper.folder(), clock, salt, () -> state);
        this.state = PinState.of(keeper.openNewest(Long.MAX_VALUE), salt);
    }

    /**
     * Opens the store of the cluster {@code chainId}, making its folder if need be; {@link #mark} then tells from where
     * on blocks are to be applied.
     *
     * @param random for the shape of trees in memory
     * @param listener hears of bases, on the applying thread
     */
    public static Opening<MapDbPinStore> open(PinStoreConfig config, Cid chainId, FileSystemAccess files,
            InstantSource clock, RandomGenerator random, Consumer<PinStoreEvent> listener) {
        try {
            Optional<FolderLock> lock = FolderLock.acquire(config.folder());
            if (lock.isEmpty()) {
                return new Opening.Refused<>(OpenResult.Reason.IN_USE, config.folder() + " is in use");
            }
            BaseFolder folder = new BaseFolder(config.folder(), files);
            folder.tidy();
            BaseKeeper keeper = new BaseKeeper(folder, StateMark.genesis(chainId), listener);
            return new Opening.Opened<>(new MapDbPinStore(config, lock.get(), keeper, clock, random.nextLong()));
        } catch (IOException e) {
            return new Opening.Refused<>(OpenResult.Reason.IO_ERROR, e.toString());
        }
    }

    @Override
    public StateMark mark() {
        return state.mark();
    }

    @Override
    public long size() {
        return state.size();
    }

    @Override
    public Optional<PinEntry> get(Cid cid) {
        try (PinView view = view()) {
            return view.get(cid);
        }
    }

    @Override
    public PinView view() {
        while (!closed) {
            PinState seen = state;
            if (seen.base().acquire()) {
                return new FrozenPins(seen);
            }
        }
        throw closedException();
    }

    @Override
    public void apply(BlockEffect effect) {
        requireOpen();
        if (!state.mark().point().equals(effect.before())) {
            throw new IllegalArgumentException("the state stands at " + state.mark().point() + ", not at "
                    + effect.before());
        }
        Map<Cid, Optional<PinEntry>> changes = HashMap.newHashMap(effect.changes().size());
        for (PinChange change : effect.changes()) {
            changes.put(change.cid(), change.entry());
        }
        takeOver(builder.poll());
        makeRoom(changes.size());
        state = state.apply(effect.after(), changes);
        buildIfDue(false);
    }

    @Override
    public StateMark rewind(long height) {
        requireOpen();
        if (builder.isBuildingAbove(height)) {
            builder.cancel();
            discard(builder.await());
        }
        if (height < state.base().mark().height()) {
            goBackTo(height);
        }
        while (state.mark().height() > height) {
            state = state.undo();
        }
        return state.mark();
    }

    /**
     * Builds a base of the present state and waits for it, so that a start replays nothing. Only the applying thread calls it.
     *
     * @throws StoreException if the disk is full or fails
     */
    public void save() {
        requireOpen();
        takeOver(builder.await());
        Layer top = state.top();
        if (top != null) {
            builder.start(state, top);
            BuildOutcome outcome = builder.await();
            takeOver(outcome);
            if (outcome instanceof BuildOutcome.Failed(StoreFailure failure)) {
                throw new StoreException(failure);
            }
        }
    }

    /** Changes in memory; at {@link PinStoreConfig#maxChanges} applying waits for a base. */
    public int changesInMemory() {
        return state.changes();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        builder.cancel();
        takeOver(builder.await());
        builder.close();
        state.base().release();
        try {
            lock.close();
        } catch (IOException e) {
            throw new StoreException(new StoreFailure(StoreFailure.Kind.IO_ERROR, e.toString()));
        }
    }

    /** Does away with what was built of blocks that are being left. */
    private void discard(@Nullable BuildOutcome outcome) {
        if (outcome instanceof BuildOutcome.Built(FileBase base, _, _)) {
            base.release();
            deleteAbove(base.mark().height() - 1);
        }
    }

    private void deleteAbove(long height) {
        try {
            keeper.deleteAbove(height);
        } catch (IOException e) {
            throw new StoreException(Failures.of(e, keeper.folder().files(), config.folder(), 0));
        }
    }

    private void goBackTo(long height) {
        Base former = state.base();
        deleteAbove(height);
        state = PinState.of(keeper.openNewest(height), salt);
        former.release();
    }

    /** Waits, if {@code more} changes have no room in memory, until a base is built. */
    private void makeRoom(int more) {
        while (state.changes() > 0 && state.changes() + more > config.maxChanges()) {
            buildIfDue(true);
            BuildOutcome outcome = builder.await();
            takeOver(outcome);
            if (outcome instanceof BuildOutcome.Failed(StoreFailure failure)) {
                throw new StoreException(failure);
            }
        }
    }

    private void buildIfDue(boolean atBound) {
        if (!builder.isRunning()) {
            Layer target = atBound ? schedule.targetAtBound(state) : schedule.target(state);
            if (target != null) {
                builder.start(state, target);
            }
        }
    }

    private void takeOver(@Nullable BuildOutcome outcome) {
        switch (outcome) {
            case null -> {
            }
            case BuildOutcome.Cancelled _ -> {
            }
            case BuildOutcome.Failed(StoreFailure failure) -> {
                schedule.failed();
                keeper.tell(new PinStoreEvent.BuildFailed(failure));
            }
            case BuildOutcome.Built built -> {
                Base former = state.base();
                state = built.carriedTo(state, salt);
                former.release();
                schedule.built();
                keeper.keep(built.base(), former, built.took());
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw closedException();
        }
    }

    private StoreException closedException() {
        return new StoreException(new StoreFailure(StoreFailure.Kind.CLOSED, config.folder() + " is closed"));
    }
}
