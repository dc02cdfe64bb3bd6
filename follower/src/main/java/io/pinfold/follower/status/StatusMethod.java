package io.pinfold.follower.status;

import io.pinfold.follower.tracker.ItemStatus;
import io.pinfold.follower.tracker.PinTracker;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.server.AnswerSink;
import io.pinfold.rpc.server.RpcCall;
import io.pinfold.rpc.server.RpcHandler;
import java.io.IOException;
import java.util.List;

/** RPC {@code pin.status}: says, from memory, what our tracker makes of some CIDs. */
public final class StatusMethod implements RpcHandler {

    private final PinTracker tracker;

    /** Answers for {@code tracker}. */
    public StatusMethod(PinTracker tracker) {
        this.tracker = tracker;
    }

    @Override
    public Outcome handle(RpcCall call, AnswerSink answers) throws IOException {
        switch (StatusCodec.decodeRequest(call.body())) {
            case Decoded.Refused<List<Cid>>(Refusal refusal) -> {
                return RpcHandler.refused(ErrorCode.BAD_REQUEST, refusal.toString());
            }
            case Decoded.Ok<List<Cid>>(List<Cid> cids) -> {
                answers.send(StatusCodec
                        .encodeAnswer(cids.stream().map(tracker::status).map(StatusMethod::report).toList()));
                return RpcHandler.done();
            }
        }
    }

    /** What is told of {@code status}. */
    static StatusReport report(ItemStatus status) {
        return new StatusReport(status.status(), status.since(), status.error(), status.attempts(), status.priority(),
                status.progress());
    }
}
