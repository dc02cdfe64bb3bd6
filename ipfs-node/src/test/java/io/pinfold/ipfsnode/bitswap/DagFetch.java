package io.pinfold.ipfsnode.bitswap;

import io.pinfold.ipfsnode.Exchange;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.dagpb.DagPb;
import io.pinfold.multiformats.dagpb.PbLink;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Gets a DAG-PB DAG block by block, as a pin does, many wishes open at a time. */
public final class DagFetch {

    private static final int OPEN = 512;

    private DagFetch() {}

    /** How much came. */
    public record Total(long blocks, long bytes) {}

    /** Gets all that {@code root} leads to and hands it to {@code sink}; no block in {@code patience} fails. */
    public static Total run(Exchange exchange, Cid root, List<Multiaddr> origins, Duration patience,
            Consumer<Block> sink) {
        try (Exchange.Session session = exchange.open(root, origins)) {
            return run(session, root, patience, sink);
        }
    }

    /** The same within {@code session}. */
    public static Total run(Exchange.Session session, Cid root, Duration patience, Consumer<Block> sink) {
        ArrayDeque<Cid> queue = new ArrayDeque<>(List.of(root));
        Set<Cid> seen = new HashSet<>(queue);
        int open = 0;
        long blocks = 0;
        long bytes = 0;
        while (open > 0 || !queue.isEmpty()) {
            List<Cid> wanted = new ArrayList<>();
            while (open < OPEN && !queue.isEmpty()) {
                wanted.add(queue.poll());
                open++;
            }
            if (!wanted.isEmpty()) {
                session.want(wanted);
            }
            Optional<Block> next = session.next(patience);
            Block block = next.orElseThrow(() -> new AssertionError("no block in " + patience + " of " + root));
            open--;
            blocks++;
            bytes += block.data().size();
            sink.accept(block);
            if (block.cid().codec() == Multicodec.DAG_PB) {
                for (PbLink link : DagPb.decode(block.data()).orElseThrow().links()) {
                    if (seen.add(link.cid())) {
                        queue.add(link.cid());
                    }
                }
            }
        }
        return new Total(blocks, bytes);
    }
}
