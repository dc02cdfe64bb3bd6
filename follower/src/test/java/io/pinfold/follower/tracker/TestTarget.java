package io.pinfold.follower.tracker;

import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.ListOutcome;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.PinProgress;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.ipfs.PinTarget;
import io.pinfold.ipfs.StatusOutcome;
import io.pinfold.ipfs.UnpinOutcome;
import io.pinfold.multiformats.Cid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A backend in memory that behaves like Kubo and fails as it is told. */
final class TestTarget implements PinTarget {

    /** A pin of this backend. */
    record Held(PinDepth.Kind depth, String name) {}

    final Map<Cid, Held> held = new ConcurrentHashMap<>();
    final List<PinRequest> pinCalls = new CopyOnWriteArrayList<>();
    final List<Cid> unpinCalls = new CopyOnWriteArrayList<>();
    final AtomicInteger statusCalls = new AtomicInteger();
    final AtomicInteger listCalls = new AtomicInteger();

    /** Whether nobody answers. */
    volatile boolean away;
    /** After how many roots a list is cut short; negative for never. */
    volatile int cutListAfter = -1;
    /** What happens to a pin before the backend does it; an outcome given here is the answer. */
    volatile Function<PinRequest, Optional<PinOutcome>> beforePin = _ -> Optional.empty();
    /** The same for an unpin. */
    volatile Function<Cid, Optional<UnpinOutcome>> beforeUnpin = _ -> Optional.empty();
    /** The same for a status. */
    volatile Function<Cid, Optional<StatusOutcome>> beforeStatus = _ -> Optional.empty();
    /** The same for a list. */
    volatile Supplier<Optional<ListOutcome>> beforeList = Optional::empty;
    /** Hears of each pin that is removed, before it is. */
    volatile Consumer<Cid> onRemoval = _ -> {};

    /** The pin of {@code cid}, which must be there. */
    Held of(Cid cid) {
        return Objects.requireNonNull(held.get(cid), () -> "not pinned: " + cid);
    }

    static BackendFailure failure(BackendFailure.Kind kind) {
        return new BackendFailure(kind, "made up: " + kind);
    }

    @Override
    public String name() {
        return "test://";
    }

    @Override
    public PinOutcome pin(PinRequest request, PinProgress progress) {
        pinCalls.add(request);
        if (away) {
            return new PinOutcome.Failed(failure(BackendFailure.Kind.UNREACHABLE));
        }
        Optional<PinOutcome> answer = beforePin.apply(request);
        if (answer.isPresent()) {
            return answer.get();
        }
        if (Thread.interrupted()) {
            return new PinOutcome.Failed(failure(BackendFailure.Kind.CANCELLED));
        }
        if (request.depth() instanceof PinDepth.Limited) {
            return new PinOutcome.Unsupported("no limited depth");
        }
        progress.at(1, 100);
        PinDepth.Kind depth = request.depth() instanceof PinDepth.Direct
                ? PinDepth.Kind.DIRECT
                : PinDepth.Kind.RECURSIVE;
        Held present = held.get(request.cid());
        if (present != null && (present.depth() == depth || present.depth() == PinDepth.Kind.RECURSIVE)) {
            return new PinOutcome.AlreadyPinned();
        }
        String name = present != null && !present.name().startsWith("pinfold/") ? present.name() : request.name();
        held.put(request.cid(), new Held(depth, name));
        return new PinOutcome.Pinned();
    }

    @Override
    public UnpinOutcome unpin(Cid cid, String mark) {
        unpinCalls.add(cid);
        if (away) {
            return new UnpinOutcome.Failed(failure(BackendFailure.Kind.UNREACHABLE));
        }
        Optional<UnpinOutcome> answer = beforeUnpin.apply(cid);
        if (answer.isPresent()) {
            return answer.get();
        }
        if (Thread.interrupted()) {
            return new UnpinOutcome.Failed(failure(BackendFailure.Kind.CANCELLED));
        }
        Held present = held.get(cid);
        if (present == null) {
            return new UnpinOutcome.NotPinned();
        }
        if (!present.name().startsWith(mark)) {
            return new UnpinOutcome.NotOurs(present.name());
        }
        onRemoval.accept(cid);
        held.remove(cid);
        return new UnpinOutcome.Unpinned();
    }

    @Override
    public StatusOutcome status(Cid cid) {
        statusCalls.incrementAndGet();
        if (away) {
            return new StatusOutcome.Failed(failure(BackendFailure.Kind.UNREACHABLE));
        }
        Optional<StatusOutcome> answer = beforeStatus.apply(cid);
        if (answer.isPresent()) {
            return answer.get();
        }
        Held present = held.get(cid);
        return present == null
                ? new StatusOutcome.NotPinned()
                : new StatusOutcome.Pinned(present.depth(), present.name());
    }

    @Override
    public ListOutcome list(PinDepth.Kind depth, Consumer<Cid> each) {
        listCalls.incrementAndGet();
        if (away) {
            return new ListOutcome.Incomplete(0, failure(BackendFailure.Kind.UNREACHABLE));
        }
        Optional<ListOutcome> answer = beforeList.get();
        if (answer.isPresent()) {
            return answer.get();
        }
        List<Cid> roots = new ArrayList<>();
        held.forEach((cid, pin) -> {
            if (pin.depth() == depth) {
                roots.add(cid);
            }
        });
        Collections.shuffle(roots, new Random(listCalls.get()));
        long given = 0;
        for (Cid root : roots) {
            if (given == cutListAfter) {
                return new ListOutcome.Incomplete(given, failure(BackendFailure.Kind.BROKEN_ANSWER));
            }
            each.accept(root);
            given++;
            if (Thread.interrupted()) {
                return new ListOutcome.Incomplete(given, failure(BackendFailure.Kind.CANCELLED));
            }
        }
        return cutListAfter >= 0
                ? new ListOutcome.Incomplete(given, failure(BackendFailure.Kind.BROKEN_ANSWER))
                : new ListOutcome.Complete(given);
    }

    @Override
    public void close() {}
}
