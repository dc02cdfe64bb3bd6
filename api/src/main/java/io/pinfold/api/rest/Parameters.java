package io.pinfold.api.rest;

import io.pinfold.api.http.Call;
import io.pinfold.api.http.Query;
import io.pinfold.follower.view.PinRequest;
import io.pinfold.follower.view.PinStatuses.Scope;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the parameters that several routes share. */
final class Parameters {

    private Parameters() {}

    /** The CID of a path. */
    static Cid cid(String text) throws BadParameterException {
        return orBad("CID " + text, Cid.parse(text));
    }

    /** A peer id, in any of its spellings. */
    static PeerId peer(String text) throws BadParameterException {
        return orBad("peer id " + text, PeerId.parse(text));
    }

    /** Whose status is asked for: the peer's own with {@code local=true}. */
    static Scope scope(Query query) throws BadParameterException {
        return switch (query.get("local").orElse("false")) {
            case "true" -> Scope.LOCAL;
            case "false" -> Scope.CLUSTER;
            case String other -> throw new BadParameterException("local", "true or false, not " + other);
        };
    }

    /** The items of a comma list, without spaces around them. */
    static List<String> list(Query query, String name) {
        return query.get(name)
                .stream()
                .flatMap(text -> Stream.of(text.split(",")))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** The client's key of this request. */
    static Optional<String> idempotencyKey(Call call) throws BadParameterException {
        Optional<String> key = call.request().header("Idempotency-Key");
        if (key.filter(text -> !text.matches("[!-~]{1," + PinRequest.MAX_KEY + "}")).isPresent()) {
            throw new BadParameterException("Idempotency-Key",
                    "1 to " + PinRequest.MAX_KEY + " visible ASCII characters");
        }
        return key;
    }

    /** What was decoded, or which parameter is bad and why. */
    static <T> T orBad(String parameter, Decoded<T> decoded) throws BadParameterException {
        return switch (decoded) {
            case Decoded.Ok<T>(T value) -> value;
            case Decoded.Refused<T>(Refusal refusal) -> throw new BadParameterException(parameter, refusal.detail());
        };
    }
}
