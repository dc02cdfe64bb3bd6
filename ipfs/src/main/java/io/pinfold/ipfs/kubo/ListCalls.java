package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.IpfsConfig;
import io.pinfold.ipfs.ListOutcome;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Whole listings, streamed: {@code pin/ls} without an argument. */
final class ListCalls {

    private static final Duration LONGEST = Duration.ofHours(6);

    private final KuboHttp http;
    private final IpfsConfig config;

    ListCalls(KuboHttp http, IpfsConfig config) {
        this.http = http;
        this.config = config;
    }

    /** How Kubo calls a depth; without one it would walk every pinned graph. */
    static String type(PinDepth.Kind depth) {
        return switch (depth) {
            case RECURSIVE -> "recursive";
            case DIRECT -> "direct";
        };
    }

    ListOutcome list(PinDepth.Kind depth, Consumer<Cid> each) {
        AtomicLong roots = new AtomicLong();
        Call call = Call.of("pin/ls").with("type", type(depth)).with("stream", true).with("names", false);
        Patience patience = new Patience(LONGEST, config.listSilence(), BackendFailure.Kind.TIMEOUT);
        RpcResult<Boolean> result = http.send(KuboHttp.Lane.LISTING, call, patience, body -> {
            if (!body.announcesTrailer()) {
                throw new BrokenAnswerException("it has no trailer to say whether it is whole; is a proxy in between?");
            }
            JsonLines lines = body.lines(AnswerBody.MAX_LINE);
            for (JsonNode line = lines.next(); line != null; line = lines.next()) {
                body.pulse().beat();
                each.accept(root(line, type(depth)));
                roots.incrementAndGet();
            }
            return true;
        });
        return switch (result) {
            case RpcResult.Ok<Boolean> _ -> new ListOutcome.Complete(roots.get());
            case RpcResult.Refused<Boolean>(KuboError error) ->
                new ListOutcome.Incomplete(roots.get(), error.toFailure());
            case RpcResult.Failed<Boolean>(BackendFailure failure) -> new ListOutcome.Incomplete(roots.get(), failure);
        };
    }

    private static Cid root(JsonNode line, String type) throws IOException {
        if (!AnswerBody.text(line, "Type").equals(type)) {
            throw new BrokenAnswerException("a pin that is not " + type);
        }
        return switch (Cid.parse(AnswerBody.text(line, "Cid"))) {
            case Decoded.Ok<Cid>(Cid cid) -> cid;
            case Decoded.Refused<Cid>(Refusal refusal) ->
                throw new BrokenAnswerException("not a CID: " + refusal.detail());
        };
    }
}
