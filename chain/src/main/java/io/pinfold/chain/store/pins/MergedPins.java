package io.pinfold.chain.store.pins;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The pins of a base as an overlay changes them, in the order of keys. */
final class MergedPins implements Iterator<RawPin> {

    private final Iterator<RawPin> base;
    private final Iterator<OverlayTree.Node> overlay;
    private @Nullable RawPin fromBase;
    private OverlayTree.@Nullable Node fromOverlay;
    private @Nullable RawPin next;

    MergedPins(Iterator<RawPin> base, Iterator<OverlayTree.Node> overlay) {
        this.base = base;
        this.overlay = overlay;
        stepBase();
        stepOverlay();
        advance();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public RawPin next() {
        RawPin pin = next;
        if (pin == null) {
            throw new NoSuchElementException();
        }
        advance();
        return pin;
    }

    private void advance() {
        next = null;
        while (next == null && (fromBase != null || fromOverlay != null)) {
            int order = order();
            if (order < 0) {
                next = fromBase;
                stepBase();
            } else {
                next = pin(fromOverlay);
                stepOverlay();
                if (order == 0) {
                    stepBase();
                }
            }
        }
    }

    /** Negative if the base's key comes first, 0 if both are at the same. */
    private int order() {
        if (fromBase == null || fromOverlay == null) {
            return fromBase == null ? 1 : -1;
        }
        return Arrays.compareUnsigned(fromBase.key(), fromOverlay.key());
    }

    private static @Nullable RawPin pin(OverlayTree.@Nullable Node node) {
        byte[] value = node == null ? null : node.value();
        return node == null || value == null ? null : new RawPin(node.key(), value);
    }

    private void stepBase() {
        fromBase = base.hasNext() ? base.next() : null;
    }

    private void stepOverlay() {
        fromOverlay = overlay.hasNext() ? overlay.next() : null;
    }
}
