package io.pinfold.api.gateway;

import io.pinfold.api.http.Call;
import io.pinfold.api.http.Reply;
import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfsnode.gateway.CarPlan;
import io.pinfold.ipfsnode.gateway.CarWish;
import io.pinfold.ipfsnode.view.NodeView;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Answers with an archive. */
record CarAnswer(NodeView node, Places places) {

    /** The greatest number of names of a path. */
    static final int MAX_PATH = 64;

    Reply answer(Call call, Choice choice, List<String> path) {
        if (path.size() > MAX_PATH + 1) {
            return Answers.refusal(400, "a path of more than " + MAX_PATH + " names");
        }
        Decoded<CarWish> wish = Cid.parse(path.getFirst())
                .flatMap(root -> CarParameters.wish(root, path.subList(1, path.size()), call.query(),
                        choice.parameters()));
        return switch (wish) {
            case Decoded.Refused<CarWish>(Refusal refusal) ->
                Answers.refusal(400, "not understood: " + refusal.detail());
            case Decoded.Ok<CarWish>(CarWish ok) -> places.within(() -> answer(call, choice, ok));
        };
    }

    private Reply answer(Call call, Choice choice, CarWish wish) {
        if (!node.blocks().has(wish.root())) {
            return Missing.of(call, wish.root());
        }
        return switch (node.archives().plan(wish)) {
            case Answer.Failed<CarPlan>(BackendFailure failure) -> refusal(failure);
            case Answer.Got<CarPlan>(CarPlan plan) -> answer(call, choice, plan);
        };
    }

    private Reply answer(Call call, Choice choice, CarPlan plan) {
        CarWish wish = plan.wish();
        String tag = CarParameters.tag(wish);
        String path = wish.path().stream().map(name -> "/" + name).collect(Collectors.joining());
        String last = wish.path().isEmpty() ? "" : "_" + wish.path().getLast();
        Headers headers = Headers.of(call, choice, "/ipfs/" + wish.root() + path, tag, wish.root() + last + ".car")
                .with("Content-Type", CarParameters.type(wish))
                .with("X-Ipfs-Roots", plan.segments().stream().map(Cid::toString).collect(Collectors.joining(",")));
        if (call.request().header("If-None-Match").filter(tags -> Answers.matches(tags, tag)).isPresent()) {
            return new Reply.Bare(304, headers.all());
        }
        return new Reply.Stream(headers.all(), OptionalLong.empty(), false, places.within(out -> {
            Answer<Long> written = node.archives().write(plan, out);
            return written instanceof Answer.Failed<Long>(BackendFailure failure)
                    ? Optional.of(new Reply.Stream.Failure(refusal(failure), failure.detail()))
                    : Optional.empty();
        }));
    }

    private static Reply refusal(BackendFailure failure) {
        return failure.kind() == Kind.BROKEN_ANSWER
                ? Answers.refusal(501, "cannot be followed: " + failure.detail())
                : Answers.refusal(404, failure.detail());
    }
}
