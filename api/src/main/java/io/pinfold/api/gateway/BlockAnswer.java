package io.pinfold.api.gateway;

import io.pinfold.api.http.Call;
import io.pinfold.api.http.Reply;
import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfsnode.view.NodeView;
import io.pinfold.ipfsnode.view.Reach;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers with one block. */
record BlockAnswer(NodeView node, Places places) {

    Reply answer(Call call, Choice choice, List<String> path) {
        if (path.size() > 1) {
            return Answers.refusal(406, "a block is asked for by its own CID, without a path behind");
        }
        return switch (Cid.parse(path.getFirst())) {
            case Decoded.Refused<Cid>(Refusal refusal) -> Answers.refusal(400, "no CID: " + refusal.detail());
            case Decoded.Ok<Cid>(Cid cid) -> places.within(() -> answer(call, choice, cid));
        };
    }

    private Reply answer(Call call, Choice choice, Cid cid) {
        if (!(node.blocks().size(cid, Reach.HERE) instanceof Answer.Got<Integer>(Integer size))) {
            return Missing.of(call, cid);
        }
        String tag = "\"" + cid + ".raw\"";
        Headers headers = Headers.of(call, choice, "/ipfs/" + cid, tag, cid + ".bin")
                .with("X-Ipfs-Roots", cid.toString());
        if (call.request().header("If-None-Match").filter(tags -> Answers.matches(tags, tag)).isPresent()) {
            return new Reply.Bare(304, headers.all());
        }
        return new Reply.Stream(headers.all(), OptionalLong.of(size), false,
                places.within(out -> write(call, cid, out)));
    }

    private Optional<Reply.Stream.Failure> write(Call call, Cid cid, OutputStream out) throws IOException {
        return switch (node.blocks().get(cid, Reach.HERE)) {
            case Answer.Got<Bytes>(Bytes data) -> {
                data.writeTo(out);
                yield Optional.empty();
            }
            case Answer.Failed<Bytes>(BackendFailure failure) ->
                Optional.of(new Reply.Stream.Failure(Missing.of(call, cid), failure.detail()));
        };
    }
}
