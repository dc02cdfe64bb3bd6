package io.pinfold.api.gateway;

import io.pinfold.api.http.Call;
import io.pinfold.api.http.Reply;
import io.pinfold.ipfsnode.view.NameRecord;
import io.pinfold.ipfsnode.view.NodeView;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Answers with the record of a name, if one is kept here and counts. */
record RecordAnswer(NodeView node, InstantSource clock) {

    Reply answer(Call call, Choice choice, List<String> path) {
        if (path.size() != 1) {
            return Answers.refusal(400, "the record of a name is asked for without a path behind");
        }
        return switch (PeerId.parse(path.getFirst())) {
            case Decoded.Refused<PeerId>(Refusal refusal) ->
                Answers.refusal(400, "no key, and other names have no record: " + refusal.detail());
            case Decoded.Ok<PeerId>(PeerId name) -> {
                Optional<NameRecord> record = node.record(name);
                yield record.isPresent()
                        ? answer(call, choice, path.getFirst(), record.get())
                        : Answers.refusal(404, "no valid record of " + path.getFirst() + " is here");
            }
        };
    }

    private Reply answer(Call call, Choice choice, String name, NameRecord record) {
        String tag = "\"" + Tags.of(record.encoded().toArray()) + ".ipns-record\"";
        Duration left = Duration.between(clock.instant(), record.validUntil());
        Duration kept = record.ttl().compareTo(left) < 0 ? record.ttl() : left;
        Headers headers = Headers.of(call, choice, "/ipns/" + name, tag, name + ".ipns-record")
                .keptFor(Math.max(0, kept.toSeconds()));
        return call.request().header("If-None-Match").filter(tags -> Answers.matches(tags, tag)).isPresent()
                ? new Reply.Bare(304, headers.all())
                : new Reply.Whole(200, headers.all(), record.encoded());
    }
}
