package io.pinfold.follower.tracker.engine;

import io.pinfold.chain.core.PinEntry;
import io.pinfold.follower.tracker.operation.OperationTable;
import io.pinfold.follower.tracker.operation.OperationType;
import io.pinfold.follower.tracker.status.Wish;
import io.pinfold.multiformats.Cid;
import java.util.Optional;

/**
 * Moves missing items into the queue as there is room: once through the pinset after each comparison, and once more if
 * new items found the queue full.
 *
 * <p>So what fails again and again comes by once an interval and does not keep the queue busy with itself.
 */
final class Refill {

    private static final int DISPATCH_EACH = 1000;

    private final Context context;
    private final Dispatcher dispatcher;
    private final SingleFlight flight;
    private Optional<Cid> after = Optional.empty();
    private boolean restart;
    private boolean through = true;

    Refill(Context context, Jobs jobs, Dispatcher dispatcher) {
        this.context = context;
        this.dispatcher = dispatcher;
        this.flight = new SingleFlight(jobs, this::run);
    }

    /** Begins at the start of the pinset. */
    void restart() {
        restartLater();
        flight.request();
    }

    /** Has the next {@link #proceed} begin at the start of the pinset. */
    synchronized void restartLater() {
        restart = true;
        through = false;
    }

    /** Goes on, if it is not through. */
    void proceed() {
        if (!isThrough()) {
            flight.request();
        }
    }

    private synchronized boolean isThrough() {
        return through;
    }

    private void run() {
        synchronized (this) {
            after = restart ? Optional.empty() : after;
            restart = false;
        }
        int[] admitted = {0};
        boolean[] full = {false};
        context.ports().pinset().scan(after, entry -> {
            switch (admit(entry)) {
                case FULL -> full[0] = true;
                case ADDED -> {
                    if (admitted[0]++ % DISPATCH_EACH == 0) {
                        dispatcher.dispatch();
                    }
                }
                case SAME -> {
                }
            }
            after = full[0] ? after : Optional.of(entry.pin().cid());
            return !full[0];
        });
        synchronized (this) {
            through = !full[0] && !restart;
        }
        dispatcher.dispatch();
    }

    private OperationTable.Admission admit(PinEntry entry) {
        Cid cid = entry.pin().cid();
        boolean wanted = context.ports().duty().of(Optional.of(entry)) == Wish.HOLD;
        return context.state().locked(guarded -> {
            if (!guarded.view.waits(cid)) {
                return OperationTable.Admission.SAME;
            }
            OperationTable.Admission admission = wanted
                    ? guarded.table.want(cid, OperationType.PIN, context.lane(entry), context.now())
                    : OperationTable.Admission.SAME;
            if (admission != OperationTable.Admission.FULL) {
                guarded.view.forget(cid);
            }
            return admission;
        });
    }
}
