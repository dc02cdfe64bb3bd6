package io.pinfold.follower.names;

import io.pinfold.ipfsnode.ipns.RecordShelf;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.server.AnswerSink;
import io.pinfold.rpc.server.RpcCall;
import io.pinfold.rpc.server.RpcHandler;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** RPC {@code name.keep}: a trusted peer's record of a name, verified and kept here, so that the name outlives that peer's absence. */
public final class NameKeepMethod implements RpcHandler {

    private static final Logger log = LoggerFactory.getLogger(NameKeepMethod.class);

    private final Optional<RecordShelf> shelf;

    /** Keeps records on {@code shelf}; empty if the peer has no IPFS node of its own. */
    public NameKeepMethod(Optional<RecordShelf> shelf) {
        this.shelf = shelf;
    }

    @Override
    public Outcome handle(RpcCall call, AnswerSink answers) throws IOException {
        if (shelf.isEmpty()) {
            return RpcHandler.refused(ErrorCode.NOT_FOUND, "names are kept elsewhere here");
        }
        if (!(NameKeepCodec.decode(call.body()) instanceof Decoded.Ok<NameKeepCodec.Request>(var request))) {
            return RpcHandler.refused(ErrorCode.BAD_REQUEST, "not a name and its record");
        }
        return switch (shelf.get().take(request.name(), request.record())) {
            case HERE, OLD -> {
                answers.send(Bytes.EMPTY);
                yield RpcHandler.done();
            }
            case BAD -> {
                log.info("{} handed over a bad record of {}", call.caller(), request.name());
                yield RpcHandler.refused(ErrorCode.BAD_REQUEST, "no valid record of that name");
            }
            case EXPIRED -> RpcHandler.refused(ErrorCode.BAD_REQUEST, "the record has expired");
            case NO_ROOM -> RpcHandler.refused(ErrorCode.UNAVAILABLE, "no room for another name");
        };
    }
}
