package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.pins.LocalNodes.Look;
import io.pinfold.ipfsnode.store.database.Keys;
import io.pinfold.ipfsnode.store.database.Row;
import io.pinfold.ipfsnode.store.database.Table;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Has a session take all it wants that is here, round after round, since what it takes makes it want more; in memory that does
 * not grow with the graph. Where depth is limited, a round is one level.
 */
final class Settlement {

    /** Wanted nodes that are looked at together. */
    private static final int PAGE = 256;

    /** Missing blocks that are told. */
    private static final int TOLD = 64;

    private final Context context;
    private final LocalNodes local;
    private final long id;
    private final boolean whole;
    private final List<Cid> missing = new ArrayList<>();
    private Optional<PinOutcome> unreadable = Optional.empty();

    Settlement(Context context, LocalNodes local, long id, boolean whole) {
        this.context = context;
        this.local = local;
        this.id = id;
        this.whole = whole;
    }

    /** Why the session is not complete, if it is not. */
    Optional<PinOutcome> settle() {
        while (true) {
            Round round = round();
            if (!round.open()) {
                return Optional.of(new PinOutcome.Ended());
            }
            if (!round.wanted()) {
                return Optional.empty();
            }
            boolean stuck = whole ? !round.took() : !missing.isEmpty() || unreadable.isPresent();
            if (stuck) {
                return unreadable.or(() -> Optional.of(new PinOutcome.Missing(List.copyOf(missing))));
            }
        }
    }

    private Round round() {
        missing.clear();
        unreadable = Optional.empty();
        Bytes prefix = Keys.number(id);
        List<Row> page = context.database().page(Table.WANTED, prefix, prefix, PAGE);
        int level = page.isEmpty() ? 0 : SessionKey.level(page.getFirst().key());
        Round round = new Round(true, !page.isEmpty(), false);
        while (!page.isEmpty() && round.open()) {
            List<Arrived> here = page.stream()
                    .map(Row::key)
                    .filter(key -> SessionKey.level(key) == level)
                    .flatMap(key -> look(level, NodeKey.cid(SessionKey.wantedNode(key))).stream())
                    .toList();
            boolean open = here.isEmpty() || context.keeper().ask(ledger -> ledger.take(id, here)).open();
            round = new Round(open, true, round.took() || !here.isEmpty());
            Bytes last = page.getLast().key();
            page = SessionKey.level(last) == level
                    ? context.database().page(Table.WANTED, prefix, Keys.after(last), PAGE)
                    : List.of();
        }
        return round;
    }

    private Optional<Arrived> look(int level, Cid cid) {
        switch (local.look(cid)) {
            case Look.Here(List<Cid> links, int size) -> {
                return Optional.of(whole ? Arrived.whole(cid, links, size) : Arrived.bare(cid, level, links, size));
            }
            case Look.Unreadable(Refusal refusal) -> unreadable = Optional.of(new PinOutcome.Unreadable(cid, refusal));
            case Look.Absent() -> {
                if (missing.size() < TOLD) {
                    missing.add(cid);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * One way through what is wanted.
     *
     * @param open whether the session goes on
     * @param wanted whether anything was wanted
     * @param took whether anything was taken
     */
    private record Round(boolean open, boolean wanted, boolean took) {}
}
