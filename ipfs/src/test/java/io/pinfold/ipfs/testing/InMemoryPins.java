package io.pinfold.ipfs.testing;

import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfs.ListOutcome;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.PinProgress;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.ipfs.StatusOutcome;
import io.pinfold.ipfs.UnpinOutcome;
import io.pinfold.multiformats.Cid;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The pins of a node in memory. */
final class InMemoryPins {

    private final Map<Cid, StatusOutcome.Pinned> pins = new ConcurrentHashMap<>();
    private final InMemoryContent content;
    private final Faults faults;

    InMemoryPins(InMemoryContent content, Faults faults) {
        this.content = content;
        this.faults = faults;
    }

    Map<Cid, StatusOutcome.Pinned> all() {
        return Map.copyOf(pins);
    }

    void set(Cid cid, StatusOutcome.Pinned pin) {
        pins.put(cid, pin);
    }

    /** Pins wholly what is here, unless it is pinned so. */
    Cid keep(Cid root, String name) {
        StatusOutcome.Pinned before = pins.get(root);
        if (before == null || before.depth() != PinDepth.Kind.RECURSIVE) {
            pins.put(root, new StatusOutcome.Pinned(PinDepth.Kind.RECURSIVE, name));
        }
        return root;
    }

    PinOutcome pin(PinRequest request, PinProgress progress) throws InterruptedException {
        PinDepth.Kind depth = switch (request.depth()) {
            case PinDepth.Recursive _ -> PinDepth.Kind.RECURSIVE;
            case PinDepth.Direct _ -> PinDepth.Kind.DIRECT;
            case PinDepth.Limited _ -> null;
        };
        if (depth == null) {
            return new PinOutcome.Unsupported("a node in memory has no pins of limited depth");
        }
        StatusOutcome.Pinned before = pins.get(request.cid());
        if (before != null && (before.depth() == depth || before.depth() == PinDepth.Kind.RECURSIVE)) {
            return new PinOutcome.AlreadyPinned();
        }
        if (!content.await(request.cid(), request.stallTimeout())) {
            return new PinOutcome.Failed(new BackendFailure(Kind.STALLED, "nobody has " + request.cid()));
        }
        progress.at(1, content.size(request.cid()));
        String name = before == null || before.name().startsWith(mark(request.name())) ? request.name() : before.name();
        pins.put(request.cid(), new StatusOutcome.Pinned(depth, name));
        return new PinOutcome.Pinned();
    }

    private static String mark(String name) {
        int second = name.indexOf('/', name.indexOf('/') + 1);
        return second < 0 ? name : name.substring(0, second + 1);
    }

    UnpinOutcome unpin(Cid cid, String mark) {
        StatusOutcome.Pinned pin = pins.get(cid);
        if (pin == null) {
            return new UnpinOutcome.NotPinned();
        }
        if (!pin.name().startsWith(mark)) {
            return new UnpinOutcome.NotOurs(pin.name());
        }
        pins.remove(cid);
        return new UnpinOutcome.Unpinned();
    }

    StatusOutcome status(Cid cid) {
        StatusOutcome.Pinned pin = pins.get(cid);
        return pin == null ? new StatusOutcome.NotPinned() : pin;
    }

    ListOutcome list(PinDepth.Kind depth, Consumer<Cid> each) {
        OptionalLong end = faults.listingsEndAfter();
        List<Cid> roots = pins.entrySet()
                .stream()
                .filter(entry -> entry.getValue().depth() == depth)
                .map(Map.Entry::getKey)
                .toList();
        long count = 0;
        for (Cid root : roots) {
            if (end.isPresent() && count >= end.getAsLong()) {
                break;
            }
            each.accept(root);
            count++;
        }
        return end.isPresent()
                ? new ListOutcome.Incomplete(count, new BackendFailure(Kind.BROKEN_ANSWER, "cut short by the test"))
                : new ListOutcome.Complete(count);
    }
}
