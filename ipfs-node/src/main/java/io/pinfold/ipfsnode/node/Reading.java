package io.pinfold.ipfsnode.node;

import io.pinfold.ipfsnode.BlockReader;
import io.pinfold.ipfsnode.Exchange;
import io.pinfold.libp2p.limit.Deadline;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Reads blocks that belong together: those that are here, and, before its deadline, those that others have. Who had one is asked
 * first for the next.
 *
 * <p>It has as many sessions as threads have looked elsewhere at once. Of sizes and presence it knows what is here. Thread-safe;
 * closed when nobody reads any more.
 */
final class Reading implements BlockReader, AutoCloseable {

    private final BlockReader here;
    private final Optional<Exchange> elsewhere;
    private final Deadline deadline;
    private final Queue<Exchange.Session> idle = new ConcurrentLinkedQueue<>();

    Reading(BlockReader here, Optional<Exchange> elsewhere, Deadline deadline) {
        this.here = here;
        this.elsewhere = elsewhere;
        this.deadline = deadline;
    }

    @Override
    public boolean has(Cid cid) {
        return here.has(cid);
    }

    @Override
    public OptionalInt size(Cid cid) {
        return here.size(cid);
    }

    @Override
    public Found find(Cid cid) {
        Found found = here.find(cid);
        return found instanceof Found.Present || elsewhere.isEmpty()
                ? found
                : fetch(cid, elsewhere.get()).<Found>map(Found.Present::new).orElse(found);
    }

    private Optional<Bytes> fetch(Cid cid, Exchange exchange) {
        Exchange.Session session = Optional.ofNullable(idle.poll()).orElseGet(() -> exchange.open(cid, List.of()));
        session.want(List.of(cid));
        Optional<Block> block = session.next(deadline.left());
        if (block.isPresent()) {
            idle.add(session);
        } else {
            session.close();
        }
        return block.map(Block::data);
    }

    @Override
    public void close() {
        idle.forEach(Exchange.Session::close);
    }
}
