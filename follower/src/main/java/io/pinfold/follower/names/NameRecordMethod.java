package io.pinfold.follower.names;

import io.pinfold.ipfsnode.ipns.IpnsName;
import io.pinfold.ipfsnode.ipns.IpnsRecord;
import io.pinfold.ipfsnode.ipns.RecordShelf;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.server.AnswerSink;
import io.pinfold.rpc.server.RpcCall;
import io.pinfold.rpc.server.RpcHandler;
import java.io.IOException;
import java.util.Optional;

/** RPC {@code name.record}: the newest valid record of a name that this peer's own IPFS node keeps. Nobody else is asked for it. */
public final class NameRecordMethod implements RpcHandler {

    private final Optional<RecordShelf> shelf;

    /** Answers from {@code shelf}; empty if the peer has no IPFS node of its own. */
    public NameRecordMethod(Optional<RecordShelf> shelf) {
        this.shelf = shelf;
    }

    @Override
    public Outcome handle(RpcCall call, AnswerSink answers) throws IOException {
        switch (PeerId.decode(call.body())) {
            case Decoded.Refused<PeerId>(Refusal refusal) -> {
                return RpcHandler.refused(ErrorCode.BAD_REQUEST, "not a name: " + refusal);
            }
            case Decoded.Ok<PeerId>(PeerId id) -> {
                IpnsName name = new IpnsName(id);
                Optional<IpnsRecord> record = shelf.flatMap(kept -> kept.record(name));
                if (record.isEmpty()) {
                    return RpcHandler.refused(ErrorCode.NOT_FOUND, "no record of " + name);
                }
                answers.send(record.get().encoded());
                return RpcHandler.done();
            }
        }
    }
}
