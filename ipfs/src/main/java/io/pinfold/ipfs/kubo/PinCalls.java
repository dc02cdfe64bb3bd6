package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.IpfsConfig;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.PinProgress;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.ipfs.StatusOutcome;
import io.pinfold.ipfs.UnpinOutcome;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** Single pins: {@code pin/add}, {@code pin/rm}, and {@code pin/ls} for one root. */
final class PinCalls {

    private final KuboHttp http;
    private final IpfsConfig config;
    private final OriginConnector origins;

    PinCalls(KuboHttp http, IpfsConfig config, OriginConnector origins) {
        this.http = http;
        this.config = config;
        this.origins = origins;
    }

    PinOutcome pin(PinRequest request, PinProgress progress) {
        return switch (request.depth()) {
            case PinDepth.Limited limited -> new PinOutcome.Unsupported(
                    "Kubo cannot pin " + limited.levels() + " levels: it pins the whole graph instead");
            case PinDepth.Recursive _ -> pin(request, PinDepth.Kind.RECURSIVE, progress);
            case PinDepth.Direct _ -> pin(request, PinDepth.Kind.DIRECT, progress);
        };
    }

    private PinOutcome pin(PinRequest request, PinDepth.Kind depth, PinProgress progress) {
        return switch (status(request.cid())) {
            case StatusOutcome.Failed(BackendFailure failure) -> new PinOutcome.Failed(failure);
            case StatusOutcome.NotPinned _ -> add(request, depth, request.name(), progress);
            case StatusOutcome.Pinned(PinDepth.Kind there, String name) -> {
                if (there == depth || there == PinDepth.Kind.RECURSIVE) {
                    yield new PinOutcome.AlreadyPinned();
                }
                yield add(request, depth, name.startsWith(mark(request.name())) ? request.name() : name, progress);
            }
        };
    }

    /** The beginning of a name that says whose pin it is: two parts, each with its slash; all of a name without them. */
    private static String mark(String name) {
        int second = name.indexOf('/', name.indexOf('/') + 1);
        return second < 0 ? name : name.substring(0, second + 1);
    }

    private PinOutcome add(PinRequest request, PinDepth.Kind depth, String name, PinProgress progress) {
        Call call = Call.of("pin/add")
                .arg(request.cid())
                .with("recursive", depth == PinDepth.Kind.RECURSIVE)
                .with("progress", true);
        if (!name.isEmpty()) {
            call.with("name", name);
        }
        Patience patience = new Patience(config.longestPin(), request.stallTimeout(), BackendFailure.Kind.STALLED);
        try (OriginConnector.Meanwhile _ = origins.connectMeanwhile(request.origins())) {
            return outcome(http.send(KuboHttp.Lane.PIN, call, patience, body -> follow(body, request.cid(), progress)));
        }
    }

    private static PinOutcome outcome(RpcResult<Boolean> result) {
        return switch (result) {
            case RpcResult.Ok<Boolean>(Boolean pinned) -> pinned
                    ? new PinOutcome.Pinned()
                    : new PinOutcome.Failed(new BackendFailure(BackendFailure.Kind.BROKEN_ANSWER,
                            "the answer to pin/add ended without saying that it is pinned"));
            case RpcResult.Refused<Boolean>(KuboError error) -> new PinOutcome.Failed(error.toFailure());
            case RpcResult.Failed<Boolean>(BackendFailure failure) -> new PinOutcome.Failed(failure);
        };
    }

    /** Kubo sends a line every half second, whether blocks arrive or not; only growth is a sign of life. */
    private static boolean follow(AnswerBody body, Cid cid, PinProgress progress) throws IOException {
        JsonLines lines = body.lines(AnswerBody.MAX_LINE);
        long blocks = 0;
        long bytes = 0;
        boolean pinned = false;
        for (JsonNode line = lines.next(); line != null; line = lines.next()) {
            pinned |= line.path("Pins").valueStream().anyMatch(root -> root.asString("").equals(cid.toString()));
            long blocksNow = line.path("Progress").asLong(0);
            long bytesNow = line.path("Bytes").asLong(0);
            if (blocksNow > blocks || bytesNow > bytes) {
                blocks = Math.max(blocks, blocksNow);
                bytes = Math.max(bytes, bytesNow);
                body.pulse().beat();
                progress.at(blocks, bytes);
            }
        }
        return pinned;
    }

    UnpinOutcome unpin(Cid cid, String mark) {
        return switch (status(cid)) {
            case StatusOutcome.Failed(BackendFailure failure) -> new UnpinOutcome.Failed(failure);
            case StatusOutcome.NotPinned _ -> new UnpinOutcome.NotPinned();
            case StatusOutcome.Pinned(PinDepth.Kind _, String name) -> name.startsWith(mark)
                    ? remove(cid)
                    : new UnpinOutcome.NotOurs(name);
        };
    }

    private UnpinOutcome remove(Cid cid) {
        Call call = Call.of("pin/rm").arg(cid).with("recursive", true);
        return switch (http.send(KuboHttp.Lane.CALL, call, Patience.of(config.unpinTimeout()), AnswerBody.object())) {
            case RpcResult.Ok<JsonNode> _ -> new UnpinOutcome.Unpinned();
            case RpcResult.Refused<JsonNode>(KuboError error) when error.saysNotPinned() ->
                new UnpinOutcome.NotPinned();
            case RpcResult.Refused<JsonNode>(KuboError error) -> new UnpinOutcome.Failed(error.toFailure());
            case RpcResult.Failed<JsonNode>(BackendFailure failure) -> new UnpinOutcome.Failed(failure);
        };
    }

    StatusOutcome status(Cid cid) {
        StatusOutcome recursive = status(cid, PinDepth.Kind.RECURSIVE);
        return recursive instanceof StatusOutcome.NotPinned ? status(cid, PinDepth.Kind.DIRECT) : recursive;
    }

    private StatusOutcome status(Cid cid, PinDepth.Kind depth) {
        Call call = Call.of("pin/ls").arg(cid).with("type", ListCalls.type(depth)).with("names", true);
        return switch (http.send(KuboHttp.Lane.CALL, call, Patience.of(config.callTimeout()),
                body -> name(body, cid))) {
            case RpcResult.Ok<String>(String name) -> new StatusOutcome.Pinned(depth, name);
            case RpcResult.Refused<String>(KuboError error) when error.saysNotPinned() -> new StatusOutcome.NotPinned();
            case RpcResult.Refused<String>(KuboError error) -> new StatusOutcome.Failed(error.toFailure());
            case RpcResult.Failed<String>(BackendFailure failure) -> new StatusOutcome.Failed(failure);
        };
    }

    private static String name(AnswerBody body, Cid cid) throws IOException {
        JsonNode pin = AnswerBody.object().read(body).path("Keys").get(cid.toString());
        if (pin == null || !pin.isObject()) {
            throw new BrokenAnswerException("an answer about another root");
        }
        return pin.path("Name").asString("");
    }
}
