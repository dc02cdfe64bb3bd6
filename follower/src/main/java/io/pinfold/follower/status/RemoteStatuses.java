package io.pinfold.follower.status;

import io.pinfold.follower.view.TrackerStatus;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.MethodTable;
import io.pinfold.rpc.client.RpcClient;
import io.pinfold.rpc.client.RpcFailure;
import io.pinfold.rpc.client.RpcResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Asks other peers for the status of pins, batch by batch, for one listing.
 *
 * <p>A peer that does not let us ask is left out from then on; one that fails is not asked again and counts as
 * {@code cluster_error}. Used by one thread.
 */
final class RemoteStatuses {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final RpcClient client;
    private final InstantSource clock;
    private final List<PeerId> asked;
    private final Map<PeerId, String> failed = new LinkedHashMap<>();

    RemoteStatuses(RpcClient client, InstantSource clock, List<PeerId> peers) {
        this.client = client;
        this.clock = clock;
        this.asked = new ArrayList<>(peers);
    }

    /** What each peer says of {@code cids}, in their order; peers are asked at the same time. */
    SortedMap<PeerId, List<StatusReport>> of(List<Cid> cids) throws InterruptedException {
        Bytes request = StatusCodec.encodeRequest(cids);
        Map<PeerId, RpcResult<Bytes>> results = Collections.synchronizedMap(new TreeMap<>());
        List<Thread> calls = asked.stream()
                .filter(peer -> !failed.containsKey(peer))
                .map(peer -> Thread.ofVirtual()
                        .name("pin-status-" + peer)
                        .start(() -> results.put(peer, client.call(peer, MethodTable.PIN_STATUS, request, TIMEOUT))))
                .toList();
        try {
            for (Thread call : calls) {
                call.join();
            }
        } catch (InterruptedException e) {
            calls.forEach(Thread::interrupt);
            throw e;
        }
        SortedMap<PeerId, List<StatusReport>> reports = new TreeMap<>();
        results.forEach((peer, result) -> read(peer, result, cids.size()).ifPresent(list -> reports.put(peer, list)));
        failed.forEach((peer, why) -> reports.put(peer, Collections.nCopies(cids.size(), unreachable(why))));
        return reports;
    }

    private Optional<List<StatusReport>> read(PeerId peer, RpcResult<Bytes> result, int count) {
        switch (result) {
            case RpcResult.Failed<Bytes>(RpcFailure.Refused(ErrorCode code, _, _)) when code == ErrorCode.FORBIDDEN ->
                asked.remove(peer);
            case RpcResult.Failed<Bytes>(RpcFailure failure) -> failed.put(peer, "the peer did not answer: " + failure);
            case RpcResult.Ok<Bytes>(Bytes answer) -> {
                switch (StatusCodec.decodeAnswer(answer, count)) {
                    case Decoded.Ok<List<StatusReport>>(List<StatusReport> reports) -> {
                        return Optional.of(reports);
                    }
                    case Decoded.Refused<List<StatusReport>>(Refusal refusal) ->
                        failed.put(peer, "the peer's answer is malformed: " + refusal);
                }
            }
        }
        return Optional.empty();
    }

    private StatusReport unreachable(String why) {
        Instant now = clock.instant();
        return new StatusReport(TrackerStatus.CLUSTER_ERROR, now, why, 0, false, Optional.empty());
    }
}
