package io.pinfold.follower.chain;

import io.pinfold.chain.BlocksRequest;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.sync.BlockServer;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.server.AnswerSink;
import io.pinfold.rpc.server.RpcCall;
import io.pinfold.rpc.server.RpcHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** RPC {@code chain.range}: blocks of a branch in ascending order, each after those it merges, or blocks by CID. */
public final class ChainRangeMethod implements RpcHandler {

    private final BlockServer server;

    /** Answers from {@code server}. */
    public ChainRangeMethod(BlockServer server) {
        this.server = server;
    }

    @Override
    public Outcome handle(RpcCall call, AnswerSink answers) throws IOException {
        switch (RangeRequestCodec.decode(call.body())) {
            case Decoded.Refused<BlocksRequest>(Refusal refusal) -> {
                return RpcHandler.refused(ErrorCode.BAD_REQUEST, refusal.toString());
            }
            case Decoded.Ok<BlocksRequest>(BlocksRequest request) -> {
                var sender = new Sender(answers);
                boolean any = server.answer(request, sender::send);
                if (sender.failure != null) {
                    throw sender.failure;
                }
                return any ? RpcHandler.done() : RpcHandler.refused(ErrorCode.NOT_FOUND, "those blocks are not here");
            }
        }
    }

    /** Sends blocks until the caller or its bounds say stop, and keeps why. */
    private static final class Sender {

        private final AnswerSink answers;
        private @Nullable IOException failure;

        Sender(AnswerSink answers) {
            this.answers = answers;
        }

        boolean send(SignedBlock block) {
            if (!answers.fits(block.bytes().size())) {
                return false;
            }
            try {
                answers.send(block.bytes());
                return true;
            } catch (IOException e) {
                failure = e;
                return false;
            }
        }
    }
}
