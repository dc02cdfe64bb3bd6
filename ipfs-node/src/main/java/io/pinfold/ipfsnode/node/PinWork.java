package io.pinfold.ipfsnode.node;

import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfs.ListOutcome;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.PinProgress;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.ipfs.StatusOutcome;
import io.pinfold.ipfs.UnpinOutcome;
import io.pinfold.ipfsnode.fetch.GraphFetch;
import io.pinfold.ipfsnode.fetch.GraphOutcome;
import io.pinfold.ipfsnode.fetch.GraphOutcome.Totals;
import io.pinfold.ipfsnode.fetch.GraphRequest;
import io.pinfold.ipfsnode.pins.Begun;
import io.pinfold.ipfsnode.pins.Budget;
import io.pinfold.ipfsnode.pins.Pin;
import io.pinfold.ipfsnode.pins.PinSession;
import io.pinfold.ipfsnode.pins.PinStatus;
import io.pinfold.ipfsnode.pins.Pins;
import io.pinfold.ipfsnode.pins.Unpinned;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Pins: brings their graphs here, ends them, and tells of them. */
final class PinWork {

    /** How often what went missing while a pin was under way is fetched again before the pin fails. */
    private static final int ROUNDS = 3;

    private final Pins pins;
    private final GraphFetch fetch;
    private final Budget budget;

    PinWork(Pins pins, GraphFetch fetch, Budget budget) {
        this.pins = pins;
        this.fetch = fetch;
        this.budget = budget;
    }

    PinOutcome pin(PinRequest request, PinProgress progress) {
        int depth = levels(request.depth());
        String name = request.name();
        if (pins.status(request.cid()) instanceof PinStatus.Finished(Pin there)) {
            if (there.depth() >= depth) {
                return new PinOutcome.AlreadyPinned();
            }
            name = there.name().startsWith(mark(name)) ? name : there.name();
        }
        return switch (pins.begin(new Pin(request.cid(), depth, name))) {
            case Begun.Already _ -> new PinOutcome.AlreadyPinned();
            case Begun.Busy _ -> failed(Kind.REFUSED, request.cid() + " is being pinned by somebody else at present");
            case Begun.Trouble(String detail, boolean full) -> new PinOutcome.Failed(Failures.disk(detail, full));
            case Begun.Started(PinSession session) -> {
                try (session) {
                    yield fetch(session, request, progress);
                }
            }
        };
    }

    private PinOutcome fetch(PinSession session, PinRequest request, PinProgress progress) {
        GraphRequest graph = new GraphRequest(request.cid(), session.pin().depth(), request.origins(),
                request.stallTimeout(), false);
        for (int round = 0; round < ROUNDS; round++) {
            Optional<PinOutcome> end = obstacle(session, fetch.fetch(graph, new PinWatcher(session, progress)),
                    progress)
                    .or(() -> end(session.commit()));
            if (end.isPresent()) {
                return end.get();
            }
        }
        return failed(Kind.BROKEN_ANSWER, "blocks go missing while " + request.cid() + " is being pinned");
    }

    /** Why the graph did not come here; empty if it did, as far as the walk knows. */
    private Optional<PinOutcome> obstacle(PinSession session, GraphOutcome walk, PinProgress progress) {
        return switch (walk) {
            case GraphOutcome.Complete(Totals totals) -> {
                progress.at(totals.blocks(), totals.bytes());
                yield Optional.empty();
            }
            case GraphOutcome.OverBudget(_, long bytes) -> {
                session.abort();
                yield Optional.of(overBudget(bytes));
            }
            case GraphOutcome.Stalled(_, Cid waitingFor, Duration silence) -> Optional.of(failed(Kind.STALLED,
                    "no block came for " + silence.toMillis() / 1000.0 + " s; " + waitingFor + " is missing"));
            case GraphOutcome.Unreadable(Cid cid, Refusal refusal) -> Optional.of(unreadable(cid, refusal));
            case GraphOutcome.DiskFull(String detail) -> Optional.of(trouble(detail, true));
            case GraphOutcome.DiskFailed(String detail) -> Optional.of(trouble(detail, false));
            case GraphOutcome.Cancelled _ -> Optional.of(new PinOutcome.Failed(Failures.cancelled()));
        };
    }

    /** What the commit came to; empty if something has gone missing since the walk, to be fetched again. */
    private Optional<PinOutcome> end(io.pinfold.ipfsnode.pins.PinOutcome commit) {
        return switch (commit) {
            case io.pinfold.ipfsnode.pins.PinOutcome.Done _ -> Optional.of(new PinOutcome.Pinned());
            case io.pinfold.ipfsnode.pins.PinOutcome.Missing _ -> Optional.empty();
            case io.pinfold.ipfsnode.pins.PinOutcome.Unreadable(Cid cid, Refusal refusal) ->
                Optional.of(unreadable(cid, refusal));
            case io.pinfold.ipfsnode.pins.PinOutcome.OverBudget(long bytes) -> Optional.of(overBudget(bytes));
            case io.pinfold.ipfsnode.pins.PinOutcome.Ended _ ->
                Optional.of(new PinOutcome.Failed(Failures.cancelled()));
            case io.pinfold.ipfsnode.pins.PinOutcome.Trouble(String detail, boolean full) ->
                Optional.of(trouble(detail, full));
        };
    }

    private PinOutcome overBudget(long bytes) {
        return new PinOutcome.Failed(Failures.overBudget(bytes, budget.used(), budget.max()));
    }

    private static PinOutcome trouble(String detail, boolean full) {
        return new PinOutcome.Failed(Failures.disk(detail, full));
    }

    private static PinOutcome unreadable(Cid cid, Refusal refusal) {
        return failed(Kind.BROKEN_ANSWER, "no way past " + cid + ": " + refusal);
    }

    UnpinOutcome unpin(Cid cid, String mark) {
        String name = switch (pins.status(cid)) {
            case PinStatus.Finished(Pin pin) -> pin.name();
            case PinStatus.UnderWay(Pin pin, _) -> pin.name();
            case PinStatus.Indirect _,PinStatus.Unpinned _ -> null;
        };
        if (name == null) {
            return new UnpinOutcome.NotPinned();
        }
        if (!name.startsWith(mark)) {
            return new UnpinOutcome.NotOurs(name);
        }
        return switch (pins.unpin(cid)) {
            case Unpinned.Done _ -> new UnpinOutcome.Unpinned();
            case Unpinned.Absent _ -> new UnpinOutcome.NotPinned();
            case Unpinned.Trouble(String detail, boolean full) ->
                new UnpinOutcome.Failed(Failures.disk(detail, full));
        };
    }

    StatusOutcome status(Cid cid) {
        return pins.status(cid) instanceof PinStatus.Finished(Pin pin)
                ? new StatusOutcome.Pinned(kind(pin), pin.name())
                : new StatusOutcome.NotPinned();
    }

    ListOutcome list(PinDepth.Kind depth, Consumer<Cid> each) {
        AtomicLong roots = new AtomicLong();
        pins.forEach(pin -> {
            if (kind(pin) == depth) {
                each.accept(pin.root());
                roots.incrementAndGet();
            }
        });
        return new ListOutcome.Complete(roots.get());
    }

    /** What a backend lists as direct is the root alone; a few levels are listed with whole graphs. */
    private static PinDepth.Kind kind(Pin pin) {
        return pin.depth() == 0 ? PinDepth.Kind.DIRECT : PinDepth.Kind.RECURSIVE;
    }

    private static int levels(PinDepth depth) {
        return switch (depth) {
            case PinDepth.Recursive _ -> Pin.ALL;
            case PinDepth.Direct _ -> 0;
            case PinDepth.Limited(int levels) -> levels;
        };
    }

    /** The beginning of a name that says whose pin it is: two parts, each with its slash; all of a name without them. */
    private static String mark(String name) {
        int second = name.indexOf('/', name.indexOf('/') + 1);
        return second < 0 ? name : name.substring(0, second + 1);
    }

    private static PinOutcome failed(Kind kind, String detail) {
        return new PinOutcome.Failed(new BackendFailure(kind, detail));
    }
}
