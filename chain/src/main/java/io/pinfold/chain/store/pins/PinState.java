package io.pinfold.chain.store.pins;

import io.pinfold.chain.StoreException;
import io.pinfold.chain.StoreFailure;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.core.StateMark;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pinset after one block: a base and an overlay. Immutable; each step makes a new one that shares nearly all.
 *
 * @param top the newest block's layer, null if there is none on the base
 */
record PinState(Base base, OverlayTree overlay, @Nullable Layer top, long size) {

    static PinState of(Base base, long salt) {
        return new PinState(base, OverlayTree.empty(salt), null, base.count());
    }

    StateMark mark() {
        return top == null ? base.mark() : top.mark();
    }

    /** Changes in memory. */
    int changes() {
        return top == null ? 0 : top.total();
    }

    /** Whether the block of {@code layer} is one of those in the overlay. */
    boolean has(Layer layer) {
        Layer each = top;
        while (each != null && each.height() > layer.height()) {
            each = each.below();
        }
        return each != null && each.mark().point().equals(layer.mark().point());
    }

    /** The value of {@code key}, or null. */
    byte @Nullable [] get(byte[] key) {
        OverlayTree.Node node = overlay.find(key);
        return node == null ? base.get(key) : node.value();
    }

    /** All pins in order, from behind {@code after} unless that is null. */
    Iterator<RawPin> iterator(byte @Nullable [] after) {
        return new MergedPins(base.iterator(after), overlay.iterator(after));
    }

    /** The state after the next block, whose changes by CID are {@code changes}. */
    PinState apply(StateMark after, Map<Cid, Optional<PinEntry>> changes) {
        List<Layer.Change> raw = new ArrayList<>(changes.size());
        long newSize = size;
        for (Map.Entry<Cid, Optional<PinEntry>> change : changes.entrySet()) {
            byte[] key = change.getKey().toBytes().toArray();
            byte[] value = change.getValue().map(PinEntryCodec::encode).orElse(null);
            newSize += (value == null ? 0 : 1) - (get(key) == null ? 0 : 1);
            raw.add(new Layer.Change(key, value));
        }
        return push(after, newSize, raw);
    }

    /** The state before the newest block. */
    PinState undo() {
        Layer newest = Objects.requireNonNull(top, "nothing to undo");
        OverlayTree tree = overlay;
        for (Layer.Change change : newest.changes()) {
            tree = change.undo(tree);
        }
        Layer below = newest.below();
        return new PinState(base, tree, below, below == null ? base.count() : below.size());
    }

    /** The same pinset on {@code newer}, a base of one of the blocks in the overlay. */
    PinState rebase(Base newer, long salt) {
        PinState state = of(newer, salt);
        return state.pushAll(Layer.above(newer.mark().height(), top));
    }

    /** This state after the blocks of {@code layers}, lowest first. */
    PinState pushAll(Collection<Layer> layers) {
        PinState state = this;
        for (Layer layer : layers) {
            state = state.push(layer.mark(), layer.size(), layer.changes());
        }
        return state;
    }

    private PinState push(StateMark after, long newSize, List<Layer.Change> changes) {
        OverlayTree tree = overlay;
        List<Layer.Change> undoable = new ArrayList<>(changes.size());
        for (Layer.Change change : changes) {
            undoable.add(change.on(tree));
            tree = tree.put(change.key(), change.value());
        }
        Layer layer = new Layer(top, after, newSize, undoable, changes() + undoable.size());
        return new PinState(base, tree, layer, newSize);
    }

    static byte[] key(Cid cid) {
        return cid.toBytes().toArray();
    }

    /**
     * The entry that {@code pin} is.
     *
     * @throws StoreException if the base has changed since its checksum was compared
     */
    static PinEntry decode(RawPin pin) {
        Decoded<PinEntry> entry = Cid.decode(Bytes.copyOf(pin.key()))
                .flatMap(cid -> PinEntryCodec.decode(cid, pin.value()));
        return switch (entry) {
            case Decoded.Ok<PinEntry>(PinEntry value) -> value;
            case Decoded.Refused<PinEntry>(Refusal refusal) ->
                throw new StoreException(new StoreFailure(StoreFailure.Kind.IO_ERROR, "a pin is damaged: " + refusal));
        };
    }
}
