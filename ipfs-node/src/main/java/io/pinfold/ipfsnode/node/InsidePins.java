package io.pinfold.ipfsnode.node;

import io.pinfold.ipfsnode.BlockReader;
import io.pinfold.ipfsnode.dag.Walk;
import io.pinfold.ipfsnode.pins.Pin;
import io.pinfold.ipfsnode.pins.PinStatus;
import io.pinfold.ipfsnode.pins.Pins;
import io.pinfold.ipfsnode.view.PinView;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The pins of a node, and what is below them. */
record InsidePins(Pins pins, BlockReader here) implements PinView {

    /** Pins that are looked at a time. */
    private static final int PAGE = 1_024;

    @Override
    public PinStatus status(Cid cid) {
        return pins.status(cid);
    }

    @Override
    public void forEach(Consumer<Pin> each) {
        pins.forEach(each);
    }

    @Override
    public boolean forEachIndirect(Consumer<Cid> each) {
        return walk((_, cid) -> {
            if (!(pins.status(cid) instanceof PinStatus.Finished)) {
                each.accept(cid);
            }
            return true;
        });
    }

    @Override
    public Optional<Cid> keeperOf(Cid cid) {
        Cid wanted = cid.toV1();
        AtomicReference<@Nullable Cid> keeper = new AtomicReference<>();
        walk((root, found) -> {
            if (found.toV1().equals(wanted)) {
                keeper.set(root);
            }
            return keeper.get() == null;
        });
        return Optional.ofNullable(keeper.get());
    }

    /** Visits the blocks of recursive pins, each once, until the visitor has seen enough; whether it saw all. */
    private boolean walk(Visitor visitor) {
        Walk walk = new Walk(here, List.of(), Walk.Limits.DEFAULT);
        List<Pin> page = pins.page(Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            for (Pin pin : page) {
                if (pin.isRecursive() && !walk(walk, pin.root(), visitor)) {
                    return false;
                }
            }
            page = pins.page(Optional.of(page.getLast().root()), PAGE);
        }
        return true;
    }

    /** Visits what is new below one root; whether to go on. */
    private static boolean walk(Walk walk, Cid root, Visitor visitor) {
        walk.from(root);
        while (true) {
            switch (walk.next()) {
                case Walk.Step.At(Block block, int _, var _) -> {
                    if (!visitor.visit(root, block.cid())) {
                        return false;
                    }
                }
                case Walk.Step.Stuck(Cid _, Walk.Reason reason, String _) -> {
                    if (reason == Walk.Reason.TOO_MANY || reason == Walk.Reason.TOO_WIDE) {
                        return false;
                    }
                }
                case Walk.Step.Done _ -> {
                    return true;
                }
            }
        }
    }

    /** Takes a block below a root; whether to go on. */
    private interface Visitor {
        boolean visit(Cid root, Cid cid);
    }
}
