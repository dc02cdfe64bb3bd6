package io.pinfold.follower.chain;

import io.pinfold.chain.core.SignedHead;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.server.AnswerSink;
import io.pinfold.rpc.server.RpcCall;
import io.pinfold.rpc.server.RpcHandler;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** RPC {@code chain.head}: the newest signed head of each publisher that this peer has verified, the best first. */
public final class ChainHeadMethod implements RpcHandler {

    private final Supplier<List<SignedHead>> heads;

    /** Answers with what {@code heads} gives. */
    public ChainHeadMethod(Supplier<List<SignedHead>> heads) {
        this.heads = heads;
    }

    @Override
    public Outcome handle(RpcCall call, AnswerSink answers) throws IOException {
        if (!call.body().isEmpty()) {
            return RpcHandler.refused(ErrorCode.BAD_REQUEST, "chain.head takes no arguments");
        }
        for (SignedHead head : heads.get()) {
            if (!answers.fits(head.bytes().size())) {
                break;
            }
            answers.send(head.bytes());
        }
        return RpcHandler.done();
    }
}
