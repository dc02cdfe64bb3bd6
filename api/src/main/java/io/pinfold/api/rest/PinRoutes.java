package io.pinfold.api.rest;

import io.pinfold.api.http.Call;
import io.pinfold.api.http.Reply;
import io.pinfold.api.http.Router;
import io.pinfold.api.json.PinJson;
import io.pinfold.follower.view.Accepted;
import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.PinOperations;
import io.pinfold.follower.view.PinRequest;
import io.pinfold.follower.view.PinSubject;
import io.pinfold.follower.view.PinType;
import io.pinfold.follower.view.UnpinRequest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reading and changing the pinset: {@code /allocations}, and {@code POST} and {@code DELETE} of {@code /pins}. */
final class PinRoutes {

    private static final String BY_CID = "/pins/{cid}";
    private static final String BY_PATH = "/pins/{kind:ipfs|ipns|ipld}/{path...}";
    private static final int MAX_PATH = 2048;

    private final PinOperations pins;
    private final InstantSource clock;

    PinRoutes(PinOperations pins, InstantSource clock) {
        this.pins = pins;
        this.clock = clock;
    }

    void addTo(Router router) {
        router.add("GET", "/allocations", Strictly.of(this::list));
        router.add("GET", "/allocations/{cid}", Strictly.of(call -> Replies
                .value(pins.get(Parameters.cid(call.variable("cid"))), PinJson::write)));
        router.add("POST", BY_CID, Strictly.of(call -> pin(call, cid(call))));
        router.add("DELETE", BY_CID, Strictly.of(call -> unpin(call, cid(call))));
        router.add("POST", BY_PATH, Strictly.of(call -> pin(call, path(call))));
        router.add("DELETE", BY_PATH, Strictly.of(call -> unpin(call, path(call))));
    }

    private Reply list(Call call) throws BadParameterException {
        Set<PinType> types = types(Parameters.list(call.query(), "filter"));
        return Replies.lines(PinJson::write, each -> pins.list(types, each));
    }

    private Reply pin(Call call, PinSubject subject) throws BadParameterException {
        return accepted(pins.pin(new PinRequest(subject, new PinOptionParser(call.query(), clock).parse(),
                Parameters.idempotencyKey(call))));
    }

    private Reply unpin(Call call, PinSubject subject) throws BadParameterException {
        return accepted(pins.unpin(new UnpinRequest(subject, Parameters.idempotencyKey(call))));
    }

    private static Reply accepted(Answer<Accepted> answer) {
        return switch (answer) {
            case Answer.Done<Accepted>(Accepted(var pin, var operation)) -> new Reply.Value(200,
                    json -> PinJson.write(json, pin), Map.of("X-Pinfold-Operation", operation.toString()));
            case Answer.Failed<Accepted>(Failure failure) -> Replies.problem(failure);
        };
    }

    private static PinSubject cid(Call call) throws BadParameterException {
        return new PinSubject.ByCid(Parameters.cid(call.variable("cid")));
    }

    private static PinSubject path(Call call) throws BadParameterException {
        String path = "/" + call.variable("kind") + "/" + call.variable("path");
        if (path.length() > MAX_PATH || path.chars().anyMatch(c -> c < ' ') || call.variable("path").isEmpty()) {
            throw new BadParameterException("path", "empty, longer than " + MAX_PATH
                    + " characters, or with control characters");
        }
        return new PinSubject.ByPath(path);
    }

    private static Set<PinType> types(List<String> words) throws BadParameterException {
        Set<PinType> types = EnumSet.noneOf(PinType.class);
        for (String word : words) {
            Optional<PinType> type = Arrays.stream(PinType.values()).filter(it -> it.text().equals(word)).findFirst();
            if (type.isEmpty() && !word.equals("all")) {
                throw new BadParameterException("filter", word
                        + " is none of all, pin, meta-pin, clusterdag-pin, shard-pin");
            }
            types.addAll(type.<Set<PinType>>map(EnumSet::of).orElseGet(() -> EnumSet.allOf(PinType.class)));
        }
        return types.isEmpty() ? EnumSet.allOf(PinType.class) : types;
    }
}
