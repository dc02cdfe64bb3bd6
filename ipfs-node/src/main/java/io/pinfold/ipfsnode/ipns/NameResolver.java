package io.pinfold.ipfsnode.ipns;

import io.pinfold.ipfsnode.ipns.NamePath.Root;
import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.limit.Deadline;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Looks names up, over as many names as lead to one another, up to {@link #MAX_NAMES}.
 *
 * <p>It asks everybody at once: routers and gateways, peers of the cluster, other connected peers, who publishes on the name's topic, and the peers that
 * the path names. Each record is verified here, and of the valid ones the newest counts.
 */
final class NameResolver implements AutoCloseable {

    /** The most names that lead to one another. */
    static final int MAX_NAMES = 8;

    private static final int MAX_PEERS = 8;
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final String CONTENT = "/ipfs/";

    private final Host host;
    private final Optional<PubSubRecords> pubSub;
    private final List<RecordSource> sources;
    private final PeersByCalls calls;
    private final RecordStore records;
    private final NameCache cache;
    private final DnsLink dnsLink;
    private final InstantSource clock;
    private final BestRecord best;

    NameResolver(Host host, Optional<PubSubRecords> pubSub, List<RecordSource> sources, PeersByCalls calls,
            RecordStore records, NameCache cache, DnsLink dnsLink, InstantSource clock) {
        this.host = host;
        this.pubSub = pubSub;
        this.sources = sources;
        this.calls = calls;
        this.records = records;
        this.cache = cache;
        this.dnsLink = dnsLink;
        this.clock = clock;
        this.best = new BestRecord(clock);
    }

    NameOutcome resolve(String path, Duration timeout) {
        Deadline deadline = Deadline.exactly(timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST);
        String at = path;
        Duration ttl = LONGEST;
        for (int names = 0; names <= MAX_NAMES; names++) {
            if (at.startsWith(CONTENT)) {
                return content(at, ttl);
            }
            switch (NamePath.parse(at)) {
                case Decoded.Refused<NamePath>(Refusal refusal) -> {
                    return names == 0
                            ? new NameOutcome.BadPath(refusal.detail())
                            : new NameOutcome.BadValue("it leads to what is no path: " + refusal.detail());
                }
                case Decoded.Ok<NamePath>(NamePath next) -> {
                    Step step = step(next, names == 0 ? next.via() : List.of(), deadline);
                    if (step instanceof Step.End(NameOutcome outcome)) {
                        return outcome;
                    }
                    Step.Next found = (Step.Next) step;
                    at = found.value + next.rest();
                    ttl = found.ttl.compareTo(ttl) < 0 ? found.ttl : ttl;
                }
            }
        }
        return new NameOutcome.TooDeep(MAX_NAMES);
    }

    /** The newest record that the sources other than pubsub have; for a name of our own that we have no record of. */
    Optional<IpnsRecord> fromOthers(IpnsName name, Duration timeout) {
        List<RecordSource> all = new ArrayList<>(sources);
        calls.asked().forEach(peer -> all.add(calls.source(peer)));
        return best.ask(name, all, timeout);
    }

    private sealed interface Step {

        record Next(String value, Duration ttl) implements Step {}

        record End(NameOutcome outcome) implements Step {}
    }

    private Step step(NamePath path, List<Multiaddr> via, Deadline deadline) {
        return switch (path.root()) {
            case Root.Key(IpnsName name) -> record(name, via, deadline);
            case Root.Domain(String domain) -> dnsLink.of(domain, deadline.left())
                    .<Step>map(link -> new Step.Next(link, Duration.ZERO))
                    .orElseGet(() -> new Step.End(new NameOutcome.NotFound("_dnslink." + domain
                            + " has no text record that begins with dnslink=/ipfs/ or dnslink=/ipns/")));
        };
    }

    private Step record(IpnsName name, List<Multiaddr> via, Deadline deadline) {
        Optional<IpnsRecord> cached = cache.find(name);
        if (cached.isPresent()) {
            return new Step.Next(cached.get().valueText(), cache.left(cached.get()));
        }
        List<RecordSource> asked = deadline.passed() ? List.of() : sources(via);
        Optional<IpnsRecord> found = newer(records.find(name), best.ask(name, asked, deadline.left()));
        if (Thread.currentThread().isInterrupted()) {
            return new Step.End(new NameOutcome.Cancelled());
        }
        if (found.isEmpty()) {
            String titles = asked.stream().map(RecordSource::title).collect(Collectors.joining(", "));
            return new Step.End(new NameOutcome.NotFound("no record of " + name + " from "
                    + (titles.isEmpty() ? "anybody: there is nobody to ask" : titles)));
        }
        IpnsRecord record = found.get();
        if (!record.isValid(clock)) {
            return new Step.End(new NameOutcome.Expired(record));
        }
        records.keep(record);
        cache.put(record);
        return new Step.Next(record.valueText(), cache.left(record));
    }

    private static Optional<IpnsRecord> newer(Optional<IpnsRecord> ours, Optional<IpnsRecord> theirs) {
        return ours.isPresent() && theirs.filter(record -> record.isNewerThan(ours.get())).isEmpty() ? ours : theirs;
    }

    private List<RecordSource> sources(List<Multiaddr> via) {
        List<RecordSource> all = new ArrayList<>(sources);
        via.forEach(address -> all.add(new Named(address)));
        pubSub.ifPresent(all::add);
        List<PeerId> called = calls.asked();
        called.forEach(peer -> all.add(calls.source(peer)));
        host.connectedPeers()
                .stream()
                .filter(peer -> !called.contains(peer) && host.protocols(peer).contains(FetchProtocol.ID))
                .limit(MAX_PEERS)
                .forEach(peer -> all.add(new Connected(peer)));
        return all;
    }

    /** A peer that is connected. */
    private final class Connected implements RecordSource {

        private final PeerId peer;

        Connected(PeerId peer) {
            this.peer = peer;
        }

        @Override
        public String title() {
            return "the peer " + peer;
        }

        @Override
        public Optional<Bytes> latest(IpnsName name, Duration timeout) {
            return FetchProtocol.ask(host, peer, name.routingKey(), IpnsRecord.MAX_BYTES, timeout);
        }
    }

    /** A peer that the path names, with its address. */
    private final class Named implements RecordSource {

        private final Multiaddr address;

        Named(Multiaddr address) {
            this.address = address;
        }

        @Override
        public String title() {
            return address.toString();
        }

        @Override
        public Optional<Bytes> latest(IpnsName name, Duration timeout) {
            Deadline deadline = Deadline.after(timeout);
            PeerId peer = address.peerId().orElseThrow();
            host.connect(peer, List.of(address), timeout);
            return FetchProtocol.ask(host, peer, name.routingKey(), IpnsRecord.MAX_BYTES, deadline.left());
        }
    }

    private static NameOutcome content(String path, Duration ttl) {
        String root = path.substring(CONTENT.length()).replaceFirst("/.*", "");
        return switch (Cid.parse(root)) {
            case Decoded.Ok<Cid> _ -> new NameOutcome.Resolved(path, ttl);
            case Decoded.Refused<Cid>(Refusal refusal) ->
                new NameOutcome.BadValue("it leads to what is no CID: " + refusal.detail());
        };
    }

    @Override
    public void close() {
        best.close();
    }
}
