package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.fetch.GraphWatcher;
import io.pinfold.ipfsnode.pins.Graph.Place;
import io.pinfold.ipfsnode.pins.LocalNodes.Look;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multihash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pin under way. One thread goes along with whatever brings the graph here, telling the session what it relies on, what it
 * is about to store and what is here, and in the end commits; what it was not told of, the commit finds by itself.
 *
 * <p>What has arrived is kept across restarts, until the pin is ended. Closing leaves the pin under way, to be begun again.
 */
public final class PinSession implements GraphWatcher, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PinSession.class);

    /** Blocks that are written down together. */
    private static final int BATCH = 256;

    /** Blocks that one batch of a walk may have, for which room is promised. */
    private static final int BLOCKS_AHEAD = 256;

    private final Context context;
    private final long id;
    private final Pin pin;
    private final Runnable onClose;
    private final LocalNodes local;
    private final Reliance reliance;
    private final Map<Cid, Integer> arrived = new LinkedHashMap<>();
    private long refused;
    private boolean collected;

    PinSession(Context context, long id, Pin pin, Runnable onClose) {
        this.context = context;
        this.id = id;
        this.pin = pin;
        this.onClose = onClose;
        this.local = new LocalNodes(context);
        this.reliance = new Reliance(context.guards());
    }

    /** What is being pinned. */
    public Pin pin() {
        return pin;
    }

    /** How much is written down by now. */
    public Progress progress() {
        return context.keeper()
                .ask(ledger -> ledger.sessions().find(id).map(SessionRow::progress).orElse(Progress.NONE));
    }

    @Override
    public void relyOn(Multihash block) {
        reliance.on(block);
    }

    /** Whether so many bytes more fit within the bound; if they do not even after a collection, the session has failed. */
    @Override
    public boolean admits(long bytes) {
        if (context.budget().promise(id, bytes, BLOCKS_AHEAD)) {
            return true;
        }
        if (!collected) {
            collected = true;
            collect();
        }
        boolean fits = context.budget().promise(id, bytes, BLOCKS_AHEAD);
        refused = fits ? refused : bytes;
        return fits;
    }

    private void collect() {
        try {
            context.keeper().collect(true);
        } catch (TroubleException e) {
            LOG.warn("No room can be made for the pin of {}: {}", pin.root(), e.detail());
        }
    }

    @Override
    public void here(Cid cid, int bytes) {
        context.budget().settle(id);
        arrived.put(cid, bytes);
        if (arrived.size() >= BATCH) {
            try {
                writeDown();
            } catch (TroubleException e) {
                LOG.warn("Pin of {} cannot be written down: {}", pin.root(), e.detail());
                arrived.clear();
            }
        }
    }

    /** Writes down what is here, and relies no more on what is written down. */
    private boolean writeDown() {
        List<Cid> cids = List.copyOf(arrived.keySet());
        List<Arrived> nodes = new ArrayList<>();
        for (Map.Entry<Cid, Integer> block : arrived.entrySet()) {
            if (pin.isRecursive() && local.look(block.getKey()) instanceof Look.Here(List<Cid> links, int size)) {
                nodes.add(Arrived.whole(block.getKey(), links, size));
            }
        }
        arrived.clear();
        Ledger.Taken taken = context.keeper()
                .ask(ledger -> pin.isRecursive()
                        ? ledger.take(id, nodes)
                        : ledger.keep(id, cids.stream().map(NodeKey::bare).toList()));
        Map<Multihash, Place> places = new HashMap<>();
        for (Cid cid : cids) {
            Place place = taken.others().getOrDefault(NodeKey.whole(cid), Place.TAKEN);
            places.merge(cid.hash(), place, (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
        places.forEach(this::endReliance);
        return taken.open();
    }

    private void endReliance(Multihash hash, Place place) {
        switch (place) {
            case TAKEN -> reliance.end(hash);
            case FOREIGN -> reliance.endLater(hash);
            case EARLY -> {
            }
        }
    }

    /** Finishes the pin if all of it is here, and otherwise says why not. */
    public PinOutcome commit() {
        if (refused > 0) {
            abort();
            return new PinOutcome.OverBudget(refused);
        }
        try {
            boolean open = writeDown();
            Optional<PinOutcome> obstacle = open
                    ? new Settlement(context, local, id, pin.isRecursive()).settle()
                    : Optional.of(new PinOutcome.Ended());
            return obstacle.orElseGet(this::finish);
        } catch (TroubleException e) {
            return new PinOutcome.Trouble(e.detail(), e.isFull());
        }
    }

    private PinOutcome finish() {
        Optional<Bytes> from = pin.isRecursive() ? Optional.empty() : Optional.of(Bytes.EMPTY);
        while (from.isPresent()) {
            Bytes at = from.get();
            from = context.keeper().ask(ledger -> ledger.dropStrays(id, at));
        }
        return context.keeper().ask(ledger -> {
            Optional<SessionRow> session = ledger.sessions().open(id);
            if (session.isEmpty() || !ledger.isComplete(id)) {
                return new PinOutcome.Ended();
            }
            ledger.finish(session.get(), pin);
            return new PinOutcome.Done(pin, session.get().progress());
        });
    }

    /** Ends the pin without success; what only it wanted is removed soon. */
    public void abort() {
        List<Bytes> relied = reliance.endAll().stream().map(Multihash::toBytes).toList();
        arrived.clear();
        context.budget().settle(id);
        context.keeper().tell(ledger -> {
            ledger.sessions().open(id).ifPresent(ledger::abort);
            ledger.doom(relied);
        });
    }

    /** Leaves the pin as it is. */
    @Override
    public void close() {
        try {
            writeDown();
        } catch (TroubleException e) {
            LOG.warn("Pin of {} cannot be written down: {}", pin.root(), e.detail());
        } finally {
            reliance.endAll();
            context.budget().settle(id);
            onClose.run();
        }
    }
}
