package io.pinfold.api;

import io.pinfold.follower.view.Accepted;
import io.pinfold.follower.view.AddOperations;
import io.pinfold.follower.view.Alert;
import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.ClusterPeer;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.Metric;
import io.pinfold.follower.view.PeerDirectory;
import io.pinfold.follower.view.PeerInfo;
import io.pinfold.follower.view.PeerMonitor;
import io.pinfold.follower.view.PinInfo;
import io.pinfold.follower.view.PinMode;
import io.pinfold.follower.view.PinOperations;
import io.pinfold.follower.view.PinOptions;
import io.pinfold.follower.view.PinRequest;
import io.pinfold.follower.view.PinStatus;
import io.pinfold.follower.view.PinStatuses;
import io.pinfold.follower.view.PinSubject;
import io.pinfold.follower.view.PinType;
import io.pinfold.follower.view.Replication;
import io.pinfold.follower.view.StatusFilter;
import io.pinfold.follower.view.SyncStatus;
import io.pinfold.follower.view.TemplateOperations;
import io.pinfold.follower.view.TrackerStatus;
import io.pinfold.follower.view.UnpinRequest;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A peer whose whole world is in memory: two members, a pinset, and a status for each CID that tests set. It remembers
 * what it was asked, and fails when told to.
 */
public final class FakePeer
        implements
            ClusterPeer,
            PeerDirectory,
            PinOperations,
            PinStatuses,
            PeerMonitor,
            TemplateOperations {

    public final Map<Cid, PinInfo> pinset = new ConcurrentSkipListMap<>();
    public final Map<Cid, TrackerStatus> statusAt1 = new ConcurrentHashMap<>();
    public final List<Object> asked = new CopyOnWriteArrayList<>();
    public final List<Alert> alerts = new CopyOnWriteArrayList<>();
    public final List<Metric> metrics = new CopyOnWriteArrayList<>();
    public final FakeAdding adding = new FakeAdding();
    /** What every call that can fail answers from now on. */
    public volatile Optional<Failure> failure = Optional.empty();
    /** After how many items a list fails, when {@link #failure} is set. */
    public volatile int itemsBeforeFailure;
    public volatile SyncStatus sync = new SyncStatus(Samples.CID_3, "test cluster", SyncStatus.Phase.CURRENT, 7,
            Optional.of(Samples.CID_2), Optional.of(Samples.NOW), 9, Optional.of(Samples.NOW.plusSeconds(1)), false,
            new SyncStatus.Confirmations(2, 3), Optional.empty(), 5, new SyncStatus.Removals(1, 0), Optional.empty());

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public PeerDirectory directory() {
        return this;
    }

    @Override
    public PinOperations pins() {
        return this;
    }

    @Override
    public AddOperations adding() {
        return adding;
    }

    @Override
    public PinStatuses statuses() {
        return this;
    }

    @Override
    public PeerMonitor monitor() {
        return this;
    }

    @Override
    public TemplateOperations templates() {
        return this;
    }

    @Override
    public Answer<TemplateOperations.Published> publish(Bytes json, String keyName) {
        asked.add(keyName + ": " + new String(json.toArray(), StandardCharsets.UTF_8));
        return failure.<Answer<TemplateOperations.Published>>map(Answer::failed)
                .orElseGet(() -> Answer.done(new TemplateOperations.Published("k51name", Samples.CID_1)));
    }

    @Override
    public Set<PeerId> trusted() {
        return Set.of(Samples.PEER_2);
    }

    @Override
    public Answer<PeerInfo> self() {
        return answer(info(Samples.PEER_1, "host1"));
    }

    @Override
    public Answer<Long> peers(Consumer<? super PeerInfo> each) {
        return list(List.of(info(Samples.PEER_1, "host1"),
                PeerInfo.unreachable(Samples.PEER_2, "host2", "no answer within 15 s")), each);
    }

    @Override
    public Answer<PeerInfo> add(PeerId peer) {
        return answer(info(peer, "added"));
    }

    @Override
    public Answer<PeerId> remove(PeerId peer) {
        return Answer.failed(new Failure.Unsupported("members cannot be removed"));
    }

    private static PeerInfo info(PeerId id, String name) {
        return new PeerInfo(id, name, List.of(Samples.address("/ip4/192.0.2.7/tcp/9096").withPeer(id)),
                List.of(Samples.PEER_1, Samples.PEER_2),
                List.of(Samples.address("/ip4/192.0.2.8/tcp/9096").withPeer(Samples.PEER_2)), "0.1.0",
                "/pinfold/rpc/1", Optional.of(new PeerInfo.IpfsInfo(Optional.of(Samples.IPFS_1),
                        List.of(Samples.address("/ip4/192.0.2.7/tcp/4001").withPeer(Samples.IPFS_1)), "")),
                "");
    }

    @Override
    public Answer<Accepted> pin(PinRequest request) {
        asked.add(request);
        return failure.<Answer<Accepted>>map(Answer::failed).orElseGet(() -> {
            PinOptions wished = request.options();
            Replication replication = wished.replication().equals(Replication.DEFAULT)
                    ? Replication.EVERYWHERE
                    : wished.replication();
            PinOptions options = new PinOptions(wished.name(), wished.mode(), replication, 0,
                    wished.userAllocations(), wished.expireAt(), wished.metadata(), wished.pinUpdate(),
                    wished.origins());
            PinInfo pin = new PinInfo(cid(request.subject()), PinType.DATA, options, wished.userAllocations(),
                    wished.mode() == PinMode.DIRECT ? 0 : -1, Optional.empty(), Samples.NOW);
            pinset.put(pin.cid(), pin);
            return accepted(pin);
        });
    }

    @Override
    public Answer<Accepted> unpin(UnpinRequest request) {
        asked.add(request);
        return failure.<Answer<Accepted>>map(Answer::failed).orElseGet(() -> {
            PinInfo gone = pinset.remove(cid(request.subject()));
            return gone == null ? Answer.failed(new Failure.NotInPinset(cid(request.subject()))) : accepted(gone);
        });
    }

    private static Answer<Accepted> accepted(PinInfo pin) {
        return Answer.done(new Accepted(pin, new Accepted.Operation(Samples.PEER_1, 12, 3)));
    }

    private static Cid cid(PinSubject subject) {
        return switch (subject) {
            case PinSubject.ByCid(Cid cid) -> cid;
            case PinSubject.ByPath _ -> Samples.CID_3;
        };
    }

    @Override
    public Answer<PinInfo> get(Cid cid) {
        return failure.<Answer<PinInfo>>map(Answer::failed)
                .orElseGet(() -> Optional.ofNullable(pinset.get(cid))
                        .map(Answer::done)
                        .orElseGet(() -> Answer.failed(new Failure.NotInPinset(cid))));
    }

    @Override
    public Answer<Long> list(Set<PinType> types, Consumer<? super PinInfo> each) {
        return list(pinset.values().stream().filter(pin -> types.contains(pin.type())).toList(), each);
    }

    @Override
    public Answer<PinStatus> status(Cid cid, Scope scope) {
        return answer(statusOf(cid, scope));
    }

    @Override
    public Answer<Long> statuses(StatusFilter filter, Scope scope, Consumer<? super PinStatus> each) {
        asked.add(filter);
        return list(pinset.keySet()
                .stream()
                .filter(cid -> filter.matches(at1(cid)))
                .map(cid -> statusOf(cid, scope))
                .toList(), each);
    }

    @Override
    public Answer<PinStatus> recover(Cid cid, Scope scope) {
        asked.add("recover " + cid);
        statusAt1.replace(cid, TrackerStatus.PIN_ERROR, TrackerStatus.PIN_QUEUED);
        return answer(statusOf(cid, scope));
    }

    @Override
    public Answer<Long> recoverAll(Scope scope, Consumer<? super PinStatus> each) {
        asked.add("recover all " + scope);
        return list(pinset.keySet()
                .stream()
                .filter(cid -> at1(cid).isError())
                .map(cid -> statusOf(cid, scope))
                .toList(), each);
    }

    private TrackerStatus at1(Cid cid) {
        return statusAt1.getOrDefault(cid,
                pinset.containsKey(cid) ? TrackerStatus.PINNED : TrackerStatus.UNPINNED);
    }

    private PinStatus statusOf(Cid cid, Scope scope) {
        Map<PeerId, PinStatus.AtPeer> peers = new TreeMap<>();
        peers.put(Samples.PEER_1, at("host1", at1(cid)));
        if (scope == Scope.CLUSTER) {
            peers.put(Samples.PEER_2,
                    at("host2", pinset.containsKey(cid) ? TrackerStatus.PINNED : TrackerStatus.UNPINNED));
        }
        PinInfo pin = pinset.get(cid);
        return new PinStatus(cid, pin == null ? "" : pin.options().name(), List.of(), List.of(),
                pin == null ? PinStatus.NEVER : pin.timestamp(), new TreeMap<>(), new TreeMap<>(peers));
    }

    private static PinStatus.AtPeer at(String name, TrackerStatus status) {
        return new PinStatus.AtPeer(name, Optional.of(Samples.IPFS_1), List.of(), status, Samples.NOW,
                status.isError() ? "no such block" : "", status.isError() ? 3 : 0, false, Optional.empty());
    }

    @Override
    public SyncStatus sync() {
        return sync;
    }

    @Override
    public List<Alert> alerts() {
        return alerts;
    }

    @Override
    public List<String> metricNames() {
        return metrics.stream().map(Metric::name).distinct().sorted().toList();
    }

    @Override
    public List<Metric> metrics(String name) {
        return metrics.stream().filter(metric -> metric.name().equals(name)).toList();
    }

    private <T> Answer<T> answer(T value) {
        return failure.<Answer<T>>map(Answer::failed).orElseGet(() -> Answer.done(value));
    }

    private <T> Answer<Long> list(List<T> items, Consumer<? super T> each) {
        items.stream().limit(failure.isPresent() ? itemsBeforeFailure : items.size()).forEach(each);
        return answer((long) items.size());
    }
}
