package io.pinfold.follower.names;

import io.pinfold.ipfsnode.ipns.IpnsName;
import io.pinfold.ipfsnode.ipns.IpnsRecord;
import io.pinfold.ipfsnode.ipns.PeerRecords;
import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.limit.ForwardClock;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.MethodTable;
import io.pinfold.rpc.RpcProtocol;
import io.pinfold.rpc.client.RpcClient;
import io.pinfold.rpc.client.RpcFailure;
import io.pinfold.rpc.client.RpcResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records of names from connected peers of the cluster, and ours to them, by RPC {@code name.record} and {@code name.keep}. */
public final class ClusterRecords implements PeerRecords {

    private static final Logger log = LoggerFactory.getLogger(ClusterRecords.class);

    /** How long a peer that does not trust us is not given records. */
    static final Duration PAUSE = Duration.ofHours(1);

    private static final int MAX_REMEMBERED = 4_096;

    private final Host host;
    private final RpcClient client;
    private final InstantSource clock;
    /** Until when, the one to be forgotten first in front. */
    private final LinkedHashMap<PeerId, Instant> refusing = new LinkedHashMap<>();

    /** Calls peers that {@code host} is connected to; closes neither. */
    public ClusterRecords(Host host, RpcClient client, InstantSource clock) {
        this.host = host;
        this.client = client;
        this.clock = ForwardClock.of(clock);
    }

    @Override
    public List<PeerId> peers() {
        return host.connectedPeers()
                .stream()
                .filter(peer -> host.protocols(peer).contains(RpcProtocol.ID))
                .toList();
    }

    @Override
    public Optional<Bytes> latest(PeerId peer, IpnsName name, Duration timeout) {
        return switch (client.call(peer, MethodTable.NAME_RECORD, name.id().toBytes(), timeout)) {
            case RpcResult.Ok<Bytes>(Bytes record) -> Optional.of(record);
            case RpcResult.Failed<Bytes>(var failure) -> {
                log.debug("{} has no record of {}: {}", peer, name, failure);
                yield Optional.empty();
            }
        };
    }

    @Override
    public boolean give(PeerId peer, IpnsRecord record, Duration timeout) {
        if (isRefusing(peer)) {
            return false;
        }
        Bytes request = NameKeepCodec.encode(record.name(), record.encoded());
        return switch (client.call(peer, MethodTable.NAME_KEEP, request, timeout)) {
            case RpcResult.Ok<Bytes> _ -> true;
            case RpcResult.Failed<Bytes>(var failure) -> {
                log.debug("{} does not keep the record of {}: {}", peer, record.name(), failure);
                if (failure instanceof RpcFailure.Refused(ErrorCode code, _, _) && code == ErrorCode.FORBIDDEN) {
                    refuses(peer);
                }
                yield false;
            }
        };
    }

    private synchronized boolean isRefusing(PeerId peer) {
        Instant until = refusing.get(peer);
        return until != null && clock.instant().isBefore(until);
    }

    private synchronized void refuses(PeerId peer) {
        refusing.remove(peer);
        refusing.put(peer, clock.instant().plus(PAUSE));
        if (refusing.size() > MAX_REMEMBERED) {
            refusing.pollFirstEntry();
        }
    }
}
