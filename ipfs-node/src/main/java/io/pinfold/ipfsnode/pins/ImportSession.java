package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.Blockstore.Put;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An import under way: blocks that are made or read here, in any order, whose root is known in the end. What is put is kept
 * until the session ends; closing it without a commit, or a crash, ends it.
 */
public final class ImportSession implements AutoCloseable {

    private final Context context;
    private final long id;
    private final Reliance reliance;
    private boolean ended;

    ImportSession(Context context, long id) {
        this.context = context;
        this.id = id;
        this.reliance = new Reliance(context.guards());
    }

    /** What became of putting blocks. */
    public sealed interface Imported {

        /** They are stored and kept; {@code newBytes} of them were not here before. */
        record Stored(long newBytes) implements Imported {}

        /** So many bytes more would have been above the bound; none is stored. */
        record OverBudget(long bytes) implements Imported {}

        /** The links of a block cannot be told; none is stored. */
        record Unreadable(Cid cid, Refusal refusal) implements Imported {}

        /** The disk is full or fails; some may be stored. */
        record Trouble(String detail, boolean full) implements Imported {}
    }

    /** Stores genuine blocks. */
    public Imported put(List<Block> blocks) {
        List<Arrived> nodes = new ArrayList<>();
        long bytes = 0;
        for (Block block : blocks) {
            switch (context.links().links(block.cid(), block.data())) {
                case Decoded.Ok<List<Cid>>(List<Cid> links) ->
                    nodes.add(Arrived.whole(block.cid(), links, block.data().size()));
                case Decoded.Refused<List<Cid>>(Refusal refusal) -> {
                    return new Imported.Unreadable(block.cid(), refusal);
                }
            }
            bytes += block.data().size();
        }
        try {
            if (!hasRoom(bytes, blocks.size())) {
                return new Imported.OverBudget(bytes);
            }
            blocks.forEach(block -> reliance.on(block.cid().hash()));
            return store(blocks, nodes);
        } catch (TroubleException e) {
            return new Imported.Trouble(e.detail(), e.isFull());
        } finally {
            context.budget().settle(id);
            blocks.forEach(block -> reliance.end(block.cid().hash()));
        }
    }

    private boolean hasRoom(long bytes, int blocks) {
        if (context.budget().promise(id, bytes, blocks)) {
            return true;
        }
        context.keeper().collect(true);
        return context.budget().promise(id, bytes, blocks);
    }

    private Imported store(List<Block> blocks, List<Arrived> nodes) {
        return switch (context.store().put(blocks)) {
            case Put.Full(String detail) -> new Imported.Trouble(detail, true);
            case Put.Failed(String detail) -> new Imported.Trouble(detail, false);
            case Put.Stored(long newBytes) -> {
                if (!context.keeper().ask(ledger -> ledger.take(id, nodes)).open()) {
                    throw new IllegalStateException("the import has ended");
                }
                yield new Imported.Stored(newBytes);
            }
        };
    }

    /**
     * Pins what was put, from a root on; may be done for several roots. What no root reaches is removed soon after the end, and
     * may be incomplete.
     */
    public PinOutcome commit(Pin pin) {
        if (!pin.isRecursive()) {
            throw new IllegalArgumentException("an import is pinned wholly");
        }
        try {
            context.keeper().ask(ledger -> {
                ledger.want(id, pin.root());
                return true;
            });
            LocalNodes local = new LocalNodes(context);
            return new Settlement(context, local, id, true).settle().isEmpty()
                    ? context.keeper().ask(ledger -> adopt(ledger, pin))
                    : pinAnew(pin);
        } catch (TroubleException e) {
            return new PinOutcome.Trouble(e.detail(), e.isFull());
        }
    }

    private PinOutcome adopt(Ledger ledger, Pin pin) {
        Optional<SessionRow> session = ledger.sessions().open(id);
        if (session.isEmpty()) {
            return new PinOutcome.Ended();
        }
        ledger.adopt(session.get(), pin);
        return new PinOutcome.Done(pin, session.get().progress());
    }

    /** Something that was put is incomplete, perhaps not what the root reaches: a session of its own tells. */
    private PinOutcome pinAnew(Pin pin) {
        Optional<SessionRow> session = context.keeper().ask(ledger -> ledger.beginAnew(pin));
        if (session.isEmpty()) {
            return new PinOutcome.Missing(List.of(pin.root()));
        }
        try (PinSession own = new PinSession(context, session.get().id(), pin, () -> {})) {
            PinOutcome outcome = own.commit();
            if (!(outcome instanceof PinOutcome.Done)) {
                own.abort();
            }
            return outcome;
        }
    }

    /** Ends the session; what was put and not pinned is removed soon, unless something else keeps it. */
    @Override
    public void close() {
        reliance.endAll();
        if (!ended) {
            ended = true;
            context.keeper().tell(ledger -> ledger.sessions().open(id).ifPresent(ledger::endImport));
        }
    }
}
