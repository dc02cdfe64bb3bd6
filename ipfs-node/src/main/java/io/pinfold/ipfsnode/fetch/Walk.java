package io.pinfold.ipfsnode.fetch;

import io.pinfold.ipfsnode.BlockReader.Found;
import io.pinfold.ipfsnode.Blockstore;
import io.pinfold.ipfsnode.dag.Links;
import io.pinfold.ipfsnode.fetch.GraphOutcome.Totals;
import io.pinfold.ipfsnode.fetch.Wishes.View;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One walk of a {@link GraphFetch}, by one thread: meets links, wishes for what is not here, takes what comes, stores it.
 *
 * <p>New wishes go out before what came is stored, so that the network is not idle meanwhile.
 */
final class Walk {

    /** Links met in one go before it is looked at what came. */
    private static final int STRIDE = 512;

    private final Blockstore store;
    private final LazySession session;
    private final GraphFetchConfig config;
    private final SharedWindow window;
    private final LongSupplier nanoTime;
    private final GraphRequest request;
    private final GraphWatcher watcher;

    private final OpenNodes open;
    private final SeenNodes seen;
    private final Wishes wishes = new Wishes();
    private final BlockSizes sizes = new BlockSizes();
    private final List<Cid> toWant = new ArrayList<>();
    private final Map<Multihash, Block> came = new LinkedHashMap<>();
    private long cameBytes;
    private long blocks;
    private long bytes;
    private long fetchedBlocks;
    private long fetchedBytes;
    private long lastProgress;
    private @Nullable GraphOutcome ending;

    Walk(Blockstore store, LazySession session, GraphFetchConfig config, SharedWindow window,
            LongSupplier nanoTime, GraphRequest request, GraphWatcher watcher) {
        this.store = store;
        this.session = session;
        this.config = config;
        this.window = window;
        this.nanoTime = nanoTime;
        this.request = request;
        this.watcher = watcher;
        open = new OpenNodes(config.openNodes(), config.cachedLinks());
        seen = new SeenNodes(config.seenNodes(), request.levels() != GraphRequest.ALL);
    }

    GraphOutcome run() {
        lastProgress = nanoTime.getAsLong();
        meet(request.root(), request.levels());
        while (ending == null) {
            long before = blocks;
            meetLinks();
            want();
            if (ending == null && wishes.isEmpty() && open.isEmpty()) {
                ending = new GraphOutcome.Complete(totals());
            } else if (ending == null) {
                receive();
                meetLinks();
                want();
                storeWhatCame();
            }
            report(before);
        }
        return ending;
    }

    private void report(long before) {
        if (blocks != before) {
            lastProgress = nanoTime.getAsLong();
            watcher.progress(blocks, bytes);
        }
        if (Thread.currentThread().isInterrupted() && !(ending instanceof GraphOutcome.Complete)) {
            ending = new GraphOutcome.Cancelled(totals());
        }
    }

    /** Meets the links of open nodes until enough is wished for. */
    private void meetLinks() {
        int room = window.blocks(sizes.guess()) - (wishes.size() - came.size());
        for (int i = 0; i < STRIDE && toWant.size() < room && !open.isEmpty() && ending == null; i++) {
            int down = open.down();
            if (open.holdsLinks() || readTopAgain()) {
                meet(open.next(), down);
            }
        }
    }

    private void want() {
        if (!toWant.isEmpty() && ending == null) {
            session.want(List.copyOf(toWant));
        }
        toWant.clear();
    }

    /** Looks at a link, or at the root. */
    private void meet(Cid cid, int down) {
        boolean leaf = down == 0 || cid.codec() == Multicodec.RAW;
        if (cid.hash().code() == Multicodec.IDENTITY) {
            arrived(new View(cid, down), cid.hash().digest());
        } else if (!cid.hash().isVerifiable()) {
            end(new GraphOutcome.Unreadable(cid,
                    new Refusal(Refusal.Kind.UNSUPPORTED, "hash function 0x" + Long.toHexString(cid.hash().code()))));
        } else if (leaf || seen.add(cid, down)) {
            look(new View(cid, down), leaf);
        }
    }

    private void look(View view, boolean leaf) {
        Multihash hash = view.cid().hash();
        Block cameNow = came.get(hash);
        if (cameNow != null) {
            expand(view, cameNow.data());
            return;
        }
        watcher.relyOn(hash);
        if (wishes.has(hash)) {
            if (!wishes.join(view)) {
                end(new GraphOutcome.Unreadable(view.cid(), new Refusal(Refusal.Kind.TOO_MANY,
                        "one block is linked to by more than " + Wishes.MAX_VIEWS + " codecs")));
            }
            return;
        }
        if (leaf && !request.readLeaves()) {
            OptionalInt size = store.size(view.cid());
            if (size.isPresent()) {
                here(view.cid(), size.getAsInt());
            } else {
                wish(view);
            }
            return;
        }
        if (store.find(view.cid()) instanceof Found.Present(Bytes data)) {
            arrived(view, data);
        } else {
            wish(view);
        }
    }

    private void wish(View view) {
        wishes.add(view);
        toWant.add(view.cid());
    }

    /** The block is here: it counts, and its links are to be met. */
    private void arrived(View view, Bytes data) {
        here(view.cid(), data.size());
        expand(view, data);
    }

    private void here(Cid cid, int size) {
        blocks++;
        bytes += size;
        watcher.here(cid, size);
    }

    private void expand(View view, Bytes data) {
        if (view.down() == 0 || view.cid().codec() == Multicodec.RAW) {
            return;
        }
        int down = view.down() == GraphRequest.ALL ? GraphRequest.ALL : view.down() - 1;
        switch (links(view.cid(), data)) {
            case Decoded.Refused<List<Cid>>(Refusal refusal) ->
                end(new GraphOutcome.Unreadable(view.cid(), refusal));
            case Decoded.Ok<List<Cid>>(List<Cid> found) when found.isEmpty() -> {
            }
            case Decoded.Ok<List<Cid>>(List<Cid> found) -> {
                if (!open.push(view.cid(), found, down)) {
                    end(new GraphOutcome.Unreadable(view.cid(), new Refusal(Refusal.Kind.TOO_MANY,
                            "more than " + config.openNodes() + " unfinished nodes at once")));
                }
            }
        }
    }

    private static Decoded<List<Cid>> links(Cid cid, Bytes data) {
        return Links.of(new Block(cid, data))
                .flatMap(links -> links.opaque()
                        ? Decoded.refused(Refusal.Kind.UNSUPPORTED,
                                "links of codec 0x" + Long.toHexString(cid.codec()) + " cannot be told")
                        : Decoded.ok(links.cids()));
    }

    /** Gets the links of the top node again; false if its block is gone, and then it is wished for again. */
    private boolean readTopAgain() {
        Cid cid = open.top();
        Optional<Bytes> data = dataOf(cid);
        if (data.isEmpty()) {
            int down = open.down();
            open.pop();
            View again = new View(cid, down == GraphRequest.ALL ? down : down + 1);
            look(again, false);
            return false;
        }
        open.hold(links(cid, data.get()).orElseThrow());
        return true;
    }

    private Optional<Bytes> dataOf(Cid cid) {
        if (cid.hash().code() == Multicodec.IDENTITY) {
            return Optional.of(cid.hash().digest());
        }
        Block cameNow = came.get(cid.hash());
        if (cameNow != null) {
            return Optional.of(cameNow.data());
        }
        return store.find(cid) instanceof Found.Present(Bytes data) ? Optional.of(data) : Optional.empty();
    }

    /** Takes what came; waits for the first block if there is nothing else to do. */
    private void receive() {
        Optional<Block> next = session.next(canMeet() ? Duration.ZERO : patience());
        if (next.isEmpty() && !wishes.isEmpty() && patience().isZero()) {
            end(new GraphOutcome.Stalled(totals(), wishes.oldest(), request.stallTimeout()));
        }
        while (next.isPresent()) {
            take(next.get());
            boolean full = came.size() >= config.batchBlocks() || cameBytes >= config.batchBytes();
            next = full || ending != null ? Optional.empty() : session.next(Duration.ZERO);
        }
    }

    private boolean canMeet() {
        return !open.isEmpty() && wishes.size() < window.blocks(sizes.guess());
    }

    private Duration patience() {
        long left = request.stallTimeout().toNanos() - (nanoTime.getAsLong() - lastProgress);
        return Duration.ofNanos(Math.max(0, left));
    }

    private void take(Block block) {
        Multihash hash = block.cid().hash();
        List<View> views = wishes.views(hash);
        if (views.isEmpty() || came.putIfAbsent(hash, block) != null) {
            return;
        }
        lastProgress = nanoTime.getAsLong();
        sizes.came(block.data().size());
        cameBytes += block.data().size();
        for (View view : views) {
            expand(view, block.data());
        }
    }

    private void storeWhatCame() {
        if (came.isEmpty() || ending != null) {
            return;
        }
        if (!watcher.admits(cameBytes)) {
            end(new GraphOutcome.OverBudget(totals(), cameBytes));
            return;
        }
        switch (store.put(List.copyOf(came.values()))) {
            case Blockstore.Put.Full(String detail) -> end(new GraphOutcome.DiskFull(detail));
            case Blockstore.Put.Failed(String detail) -> end(new GraphOutcome.DiskFailed(detail));
            case Blockstore.Put.Stored _ -> stored();
        }
    }

    private void stored() {
        came.forEach((hash, block) -> {
            here(wishes.views(hash).getFirst().cid(), block.data().size());
            fetchedBlocks++;
            fetchedBytes += block.data().size();
            wishes.done(hash);
        });
        came.clear();
        cameBytes = 0;
    }

    private void end(GraphOutcome how) {
        if (ending == null) {
            ending = how;
        }
    }

    private Totals totals() {
        return new Totals(blocks, bytes, fetchedBlocks, fetchedBytes);
    }
}
