package io.pinfold.follower.chain;

import io.pinfold.chain.BlocksAnswer;
import io.pinfold.chain.BlocksRequest;
import io.pinfold.chain.RangeSource;
import io.pinfold.chain.core.SignedHead;
import io.pinfold.chain.core.head.HeadGate;
import io.pinfold.chain.core.head.HeadVerdict;
import io.pinfold.chain.core.machine.ChainEvent;
import io.pinfold.chain.core.verify.BlockVerifier;
import io.pinfold.follower.peers.TaskGroup;
import io.pinfold.libp2p.Host;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.MethodTable;
import io.pinfold.rpc.RpcMeter;
import io.pinfold.rpc.client.AnswerStream;
import io.pinfold.rpc.client.RpcClient;
import io.pinfold.rpc.client.RpcFailure;
import io.pinfold.rpc.client.RpcResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks peers for heads and blocks over RPC, each call on a thread of its own, and turns answers into events.
 *
 * <p>Blocks are checked on their own by the thread that received them. Memory per call is bounded by
 * {@link BlocksRequest#MAX_BLOCKS} and the method's bounds.
 */
public final class PeerBlocks implements RangeSource, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PeerBlocks.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(50);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Host host;
    private final RpcClient client;
    private final BlockVerifier verifier;
    private final HeadGate gate;
    private final InstantSource clock;
    private final RpcMeter meter;
    private final Consumer<? super ChainEvent> events;
    private final TaskGroup tasks = new TaskGroup("chain-call");

    /** A source on {@code client}; answers become {@code events}. */
    public PeerBlocks(Host host, RpcClient client, BlockVerifier verifier, HeadGate gate, InstantSource clock,
            RpcMeter meter, Consumer<? super ChainEvent> events) {
        this.host = host;
        this.client = client;
        this.verifier = verifier;
        this.gate = gate;
        this.clock = clock;
        this.meter = meter;
        this.events = events;
    }

    @Override
    public void requestBlocks(long number, PeerId peer, BlocksRequest request) {
        boolean started = tasks.run(() -> {
            BlocksAnswer answer = new BlocksAnswer.Failed("the call failed", RETRY);
            try {
                answer = blocks(peer, request);
            } finally {
                events.accept(new ChainEvent.BlocksAnswered(number, answer));
            }
        });
        if (!started) {
            events.accept(new ChainEvent.BlocksAnswered(number, new BlocksAnswer.Failed("too many calls", RETRY)));
        }
    }

    @Override
    public void requestHeads(PeerId peer) {
        tasks.run(() -> {
            switch (items(peer, MethodTable.CHAIN_HEAD, Bytes.EMPTY)) {
                case Items.Complete(List<Bytes> heads) ->
                    events.accept(new ChainEvent.HeadsAnswered(peer, accepted(peer, heads)));
                case Items.Broken(RpcFailure failure, _) -> log.debug("{} does not tell its heads: {}", peer, failure);
            }
        });
    }

    @Override
    public void penalise(PeerId peer, String reason) {
        meter.count("chain_peers_penalised", 1);
        log.warn("{} is disconnected: {}", peer, reason);
        tasks.run(() -> host.disconnect(peer));
    }

    /** Ends all calls. */
    @Override
    public void close() {
        tasks.close();
    }

    private BlocksAnswer blocks(PeerId peer, BlocksRequest request) {
        return switch (items(peer, MethodTable.CHAIN_RANGE, RangeRequestCodec.encode(request))) {
            case Items.Complete(List<Bytes> blocks) -> BlocksAnswer.of(verifier, blocks);
            case Items.Broken(RpcFailure.Refused(ErrorCode code, _, _), _) when code == ErrorCode.NOT_FOUND ->
                new BlocksAnswer.Unknown();
            case Items.Broken(RpcFailure.Refused refused, _) ->
                new BlocksAnswer.Failed(refused.code() + ": " + refused.detail(), refused.retryAfter().orElse(RETRY));
            case Items.Broken(RpcFailure failure, List<Bytes> before) -> before.isEmpty()
                    ? new BlocksAnswer.Failed(failure.toString(), RETRY)
                    : BlocksAnswer.of(verifier, before);
        };
    }

    private List<SignedHead> accepted(PeerId peer, List<Bytes> heads) {
        List<SignedHead> accepted = new ArrayList<>();
        for (Bytes head : heads) {
            if (gate.judgeAnswer(head, peer, clock.millis()) instanceof HeadVerdict.Accept(SignedHead signed)) {
                accepted.add(signed);
            }
        }
        return accepted;
    }

    private Items items(PeerId peer, io.pinfold.rpc.Method method, Bytes request) {
        List<Bytes> items = new ArrayList<>();
        switch (client.open(peer, method, request, TIMEOUT)) {
            case RpcResult.Failed<AnswerStream>(RpcFailure failure) -> {
                return new Items.Broken(failure, items);
            }
            case RpcResult.Ok<AnswerStream>(AnswerStream answer) -> {
                try (answer) {
                    while (true) {
                        switch (answer.next()) {
                            case AnswerStream.Next.Item(Bytes body) -> items.add(body);
                            case AnswerStream.Next.End _ -> {
                                return new Items.Complete(items);
                            }
                            case AnswerStream.Next.Failed(RpcFailure failure) -> {
                                return new Items.Broken(failure, items);
                            }
                        }
                    }
                }
            }
        }
    }

    /** The items of an answer, all of them or those before it broke. */
    private sealed interface Items {
        record Complete(List<Bytes> items) implements Items {}

        record Broken(RpcFailure failure, List<Bytes> before) implements Items {}
    }
}
