package io.pinfold.follower.chain;

import io.pinfold.chain.ChainAlert;
import io.pinfold.chain.core.verify.BlockVerifier;
import io.pinfold.chain.core.verify.EquivocationCheck;
import io.pinfold.follower.monitor.Alerts;
import io.pinfold.follower.peers.TaskGroup;
import io.pinfold.libp2p.limit.ForwardClock;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import io.pinfold.rpc.MethodTable;
import io.pinfold.rpc.client.AnswerStream;
import io.pinfold.rpc.client.RpcClient;
import io.pinfold.rpc.client.RpcResult;
import io.pinfold.trust.Equivocation;
import io.pinfold.trust.EvidenceFolder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks peers for evidence of equivocation that we do not have, so that a key which showed different blocks to different peers is known
 * to all.
 *
 * <p>Whatever a peer hands over is checked before it counts; a peer that hands over anything else is not asked again for a while.
 */
public final class EvidenceExchange implements AutoCloseable {

    /** How long a peer is not asked again. */
    public static final Duration PAUSE = Duration.ofMinutes(30);

    private static final Logger log = LoggerFactory.getLogger(EvidenceExchange.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_REMEMBERED = 4_096;

    private final RpcClient client;
    private final BlockVerifier verifier;
    private final EvidenceFolder folder;
    private final Alerts alerts;
    private final InstantSource clock;
    private final LinkedHashMap<PeerId, Instant> asked = new LinkedHashMap<>();
    private final TaskGroup tasks = new TaskGroup("evidence");

    /** An exchange between {@code folder} and the peers that {@code client} can ask. */
    public EvidenceExchange(RpcClient client, BlockVerifier verifier, EvidenceFolder folder, Alerts alerts,
            InstantSource clock) {
        this.client = client;
        this.verifier = verifier;
        this.folder = folder;
        this.alerts = alerts;
        this.clock = ForwardClock.of(clock);
    }

    /** Raises an alert for all evidence that is kept from earlier. */
    public void tellKept() {
        for (Equivocation kept : folder.all()) {
            switch (EquivocationCheck.check(verifier, kept)) {
                case Decoded.Ok<Equivocation>(Equivocation proven) -> alerts.raise(new ChainAlert.Equivocated(proven));
                case Decoded.Refused<Equivocation>(Refusal refusal) ->
                    log.warn("a file of evidence against {} proves nothing: {}", kept.author(), refusal.detail());
            }
        }
    }

    /** Asks {@code peer} on a thread of its own, unless that was done lately. */
    public void ask(PeerId peer) {
        if (claim(peer)) {
            tasks.run(() -> fetch(peer));
        }
    }

    /** Takes in evidence that {@code from} claims to have; whether it is any. */
    public boolean take(PeerId from, Bytes one, Bytes other) {
        switch (EquivocationCheck.of(verifier, one, other)) {
            case Decoded.Refused<Equivocation>(Refusal refusal) -> {
                log.info("{} sent what it calls evidence: {}", from, refusal.detail());
                return false;
            }
            case Decoded.Ok<Equivocation>(Equivocation proven) -> {
                if (folder.add(proven)) {
                    alerts.raise(new ChainAlert.Equivocated(proven));
                }
                return true;
            }
        }
    }

    /** Ends asking. */
    @Override
    public void close() {
        tasks.close();
    }

    private synchronized boolean claim(PeerId peer) {
        Instant now = clock.instant();
        Instant last = asked.get(peer);
        if (last != null && now.isBefore(last.plus(PAUSE))) {
            return false;
        }
        asked.remove(peer);
        asked.put(peer, now);
        if (asked.size() > MAX_REMEMBERED) {
            asked.pollFirstEntry();
        }
        return true;
    }

    private void fetch(PeerId peer) {
        List<PeerId> have = folder.all().stream().map(Equivocation::author).toList();
        switch (client.open(peer, MethodTable.EVIDENCE, EvidenceRequestCodec.encode(have), TIMEOUT)) {
            case RpcResult.Failed<AnswerStream>(var failure) ->
                log.debug("{} tells no evidence: {}", peer, failure);
            case RpcResult.Ok<AnswerStream>(AnswerStream answer) -> {
                try (answer) {
                    read(peer, answer);
                }
            }
        }
    }

    private void read(PeerId peer, AnswerStream answer) {
        Optional<Bytes> half = Optional.empty();
        while (answer.next() instanceof AnswerStream.Next.Item(Bytes block)) {
            if (half.isEmpty()) {
                half = Optional.of(block);
            } else if (take(peer, half.get(), block)) {
                half = Optional.empty();
            } else {
                return;
            }
        }
    }
}
