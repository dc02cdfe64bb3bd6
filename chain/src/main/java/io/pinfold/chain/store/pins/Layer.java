package io.pinfold.chain.store.pins;

import io.pinfold.chain.core.StateMark;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one block changed, and what is needed to undo it.
 *
 * @param below the layer of the block before, or null for the first on the base
 * @param mark after the block
 * @param size pins after the block
 * @param changes one for each key
 * @param total changes of this layer and all below
 */
record Layer(@Nullable Layer below, StateMark mark, long size, List<Change> changes, int total) {

    /** One key's new value, and what the overlay said of it before. */
    static final class Change {

        private final byte[] key;
        private final byte @Nullable [] value;
        private final boolean wasThere;
        private final byte @Nullable [] former;

        /** A change of {@code key} to {@code value}, or its removal if that is null, on an overlay without it. */
        Change(byte[] key, byte @Nullable [] value) {
            this(key, value, false, null);
        }

        private Change(byte[] key, byte @Nullable [] value, boolean wasThere, byte @Nullable [] former) {
            this.key = key;
            this.value = value;
            this.wasThere = wasThere;
            this.former = former;
        }

        byte[] key() {
            return key;
        }

        byte @Nullable [] value() {
            return value;
        }

        /** This change as it applies to {@code overlay}. */
        Change on(OverlayTree overlay) {
            OverlayTree.Node node = overlay.find(key);
            return node == null ? new Change(key, value) : new Change(key, value, true, node.value());
        }

        /** {@code overlay} without this change. */
        OverlayTree undo(OverlayTree overlay) {
            return wasThere ? overlay.put(key, former) : overlay.forget(key);
        }
    }

    long height() {
        return mark.height();
    }

    /** The layers from {@code top} down to those above {@code height}, lowest first. */
    static Deque<Layer> above(long height, @Nullable Layer top) {
        Deque<Layer> layers = new ArrayDeque<>();
        for (Layer layer = top; layer != null && layer.height() > height; layer = layer.below) {
            layers.push(layer);
        }
        return layers;
    }
}
