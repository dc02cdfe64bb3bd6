package io.pinfold.follower.status;

import io.pinfold.chain.core.Pin;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.follower.peers.NodeCard;
import io.pinfold.follower.peers.PeerCard;
import io.pinfold.follower.peers.PeerRegistry;
import io.pinfold.follower.tracker.ItemStatus;
import io.pinfold.follower.tracker.PinTracker;
import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.PinStatus;
import io.pinfold.follower.view.PinStatus.AtPeer;
import io.pinfold.follower.view.PinStatuses;
import io.pinfold.follower.view.StatusFilter;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.rpc.MethodTable;
import io.pinfold.rpc.client.RpcClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The status of pins at this peer and, if this peer is trusted, at those it is connected to.
 *
 * <p>A listing goes through our own in batches, and asks the others for each batch: memory holds one batch.
 */
public final class MemberStatuses implements PinStatuses {

    private final PinTracker tracker;
    private final PeerRegistry registry;
    private final RpcClient client;
    private final InstantSource clock;
    private final PeerId self;
    private final Supplier<PeerCard> card;
    private final BooleanSupplier asksOthers;

    /**
     * Statuses of {@code tracker} and of the peers in {@code registry}.
     *
     * @param card what we say of ourselves
     * @param asksOthers whether other peers would answer us
     */
    public MemberStatuses(PinTracker tracker, PeerRegistry registry, RpcClient client, InstantSource clock, PeerId self,
            Supplier<PeerCard> card, BooleanSupplier asksOthers) {
        this.tracker = tracker;
        this.registry = registry;
        this.client = client;
        this.clock = clock;
        this.self = self;
        this.card = card;
        this.asksOthers = asksOthers;
    }

    @Override
    public Answer<PinStatus> status(Cid cid, Scope scope) {
        return one(tracker.statusNow(cid), scope);
    }

    @Override
    public Answer<Long> statuses(StatusFilter filter, Scope scope, Consumer<? super PinStatus> each) {
        var listing = new Listing(filter, remote(scope), each);
        tracker.statusAll(StatusFilter.ALL, listing::add);
        listing.flush();
        return listing.interrupted
                ? Answer.failed(new Failure.NotReady("the listing was interrupted"))
                : Answer.done(listing.handed);
    }

    @Override
    public Answer<PinStatus> recover(Cid cid, Scope scope) {
        return one(tracker.recover(cid), scope);
    }

    @Override
    public Answer<Long> recoverAll(Scope scope, Consumer<? super PinStatus> each) {
        SortedMap<PeerId, PeerCard> cards = cards();
        return Answer.done(tracker.recoverAll(
                item -> each.accept(merge(item, cards, StatusFilter.ALL, Map.of(self, StatusMethod.report(item))))));
    }

    private Answer<PinStatus> one(ItemStatus item, Scope scope) {
        List<PinStatus> found = new ArrayList<>();
        var listing = new Listing(StatusFilter.ALL, remote(scope), found::add);
        listing.add(item);
        listing.flush();
        return found.isEmpty()
                ? Answer.failed(new Failure.NotReady("the question was interrupted"))
                : Answer.done(found.getFirst());
    }

    private RemoteStatuses remote(Scope scope) {
        boolean others = scope == Scope.CLUSTER && asksOthers.getAsBoolean();
        return new RemoteStatuses(client, clock, others ? List.copyOf(registry.cards().keySet()) : List.of());
    }

    private SortedMap<PeerId, PeerCard> cards() {
        SortedMap<PeerId, PeerCard> cards = new TreeMap<>(registry.cards());
        cards.put(self, card.get());
        return cards;
    }

    private static PinStatus merge(ItemStatus item, Map<PeerId, PeerCard> cards, StatusFilter filter,
            Map<PeerId, StatusReport> reports) {
        SortedMap<PeerId, AtPeer> peers = new TreeMap<>();
        reports.forEach((peer, report) -> {
            if (filter.matches(report.status())) {
                peers.put(peer, at(Optional.ofNullable(cards.get(peer)), report));
            }
        });
        Optional<Pin> pin = item.entry().map(PinEntry::pin);
        Instant created = item.entry().map(entry -> Instant.ofEpochMilli(entry.timeMillis())).orElse(PinStatus.NEVER);
        return new PinStatus(item.cid(), pin.map(Pin::name).orElse(""), pin.map(Pin::allocations).orElse(List.of()),
                pin.map(Pin::origins).orElse(List.of()), created, pin.map(Pin::metadata).orElse(new TreeMap<>()),
                peers);
    }

    private static AtPeer at(Optional<PeerCard> card, StatusReport report) {
        Optional<NodeCard> node = card.flatMap(PeerCard::node);
        return new AtPeer(card.map(PeerCard::name).orElse(""), node.map(NodeCard::id),
                node.map(NodeCard::addresses).orElse(List.of()), report.status(), report.since(), report.error(),
                report.attempts(), report.priority(), report.progress());
    }

    /** A listing under way: gathers our items, asks the others for them, hands them on. */
    private final class Listing {

        private final StatusFilter filter;
        private final RemoteStatuses remote;
        private final Consumer<? super PinStatus> each;
        private final SortedMap<PeerId, PeerCard> cards = cards();
        private final List<ItemStatus> batch = new ArrayList<>();
        private int batchBytes;
        private long handed;
        private boolean interrupted;

        Listing(StatusFilter filter, RemoteStatuses remote, Consumer<? super PinStatus> each) {
            this.filter = filter;
            this.remote = remote;
            this.each = each;
        }

        void add(ItemStatus item) {
            int bytes = item.cid().toBytes().size() + StatusCodec.CID_OVERHEAD;
            if (batch.size() == StatusCodec.MAX_CIDS
                    || batchBytes + bytes > MethodTable.PIN_STATUS.requestBytes() - StatusCodec.REQUEST_OVERHEAD) {
                flush();
            }
            batch.add(item);
            batchBytes += bytes;
        }

        void flush() {
            if (batch.isEmpty() || interrupted) {
                return;
            }
            try {
                var others = remote.of(batch.stream().map(ItemStatus::cid).toList());
                for (int i = 0; i < batch.size(); i++) {
                    hand(batch.get(i), i, others);
                }
            } catch (InterruptedException e) {
                interrupted = true;
                Thread.currentThread().interrupt();
            }
            batch.clear();
            batchBytes = 0;
        }

        private void hand(ItemStatus item, int index, SortedMap<PeerId, List<StatusReport>> others) {
            SortedMap<PeerId, StatusReport> reports = new TreeMap<>();
            others.forEach((peer, list) -> reports.put(peer, list.get(index)));
            reports.put(self, StatusMethod.report(item));
            PinStatus status = merge(item, cards, filter, reports);
            if (!status.peers().isEmpty()) {
                each.accept(status);
                handed++;
            }
        }
    }
}
