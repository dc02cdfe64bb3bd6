package io.pinfold.follower.peers;

import io.pinfold.rpc.server.AnswerSink;
import io.pinfold.rpc.server.RpcCall;
import io.pinfold.rpc.server.RpcHandler;
import java.io.IOException;
import java.util.function.Supplier;

/** RPC {@code id}: says who this peer is. */
public final class IdMethod implements RpcHandler {

    private final Supplier<PeerCard> card;

    /** Answers with what {@code card} gives. */
    public IdMethod(Supplier<PeerCard> card) {
        this.card = card;
    }

    @Override
    public Outcome handle(RpcCall call, AnswerSink answers) throws IOException {
        answers.send(PeerCardCodec.encode(card.get()));
        return RpcHandler.done();
    }
}
