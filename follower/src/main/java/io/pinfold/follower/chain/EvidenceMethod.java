package io.pinfold.follower.chain;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.server.AnswerSink;
import io.pinfold.rpc.server.RpcCall;
import io.pinfold.rpc.server.RpcHandler;
import io.pinfold.trust.Equivocation;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** RPC {@code evidence}: the pairs of blocks by which keys signed twice with one number, but for keys that the caller knows of. */
public final class EvidenceMethod implements RpcHandler {

    private final Supplier<List<Equivocation>> evidence;

    /** Answers with what {@code evidence} gives. */
    public EvidenceMethod(Supplier<List<Equivocation>> evidence) {
        this.evidence = evidence;
    }

    @Override
    public Outcome handle(RpcCall call, AnswerSink answers) throws IOException {
        switch (EvidenceRequestCodec.decode(call.body())) {
            case Decoded.Refused<List<PeerId>>(Refusal refusal) -> {
                return RpcHandler.refused(ErrorCode.BAD_REQUEST, refusal.toString());
            }
            case Decoded.Ok<List<PeerId>>(List<PeerId> have) -> {
                Set<PeerId> known = new HashSet<>(have);
                List<Equivocation> pairs = evidence.get()
                        .stream()
                        .filter(pair -> !known.contains(pair.author()))
                        .sorted(Comparator.comparing(Equivocation::author))
                        .toList();
                send(pairs, answers);
                return RpcHandler.done();
            }
        }
    }

    private static void send(List<Equivocation> pairs, AnswerSink answers) throws IOException {
        for (Equivocation pair : pairs) {
            if (!answers.fits(pair.first().size())) {
                return;
            }
            answers.send(pair.first());
            if (!answers.fits(pair.second().size())) {
                return; // the caller passes over half a pair, and asks again
            }
            answers.send(pair.second());
        }
    }
}
