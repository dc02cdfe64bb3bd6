package io.pinfold.api.gateway;

import io.pinfold.api.http.Query;
import io.pinfold.ipfsnode.gateway.ByteSpan;
import io.pinfold.ipfsnode.gateway.CarWish;
import io.pinfold.ipfsnode.gateway.CarWish.Scope;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The parameters of a request for an archive: {@code dag-scope}, {@code entity-bytes}, {@code car-version|order|dups}. */
final class CarParameters {

    private CarParameters() {}

    /** The wish that {@code query} and the parameters of the media type make; a refusal says which parameter is bad. */
    static Decoded<CarWish> wish(Cid root, List<String> path, Query query, Map<String, String> type) {
        Optional<String> version = parameter("version", query, type);
        Optional<String> order = parameter("order", query, type);
        String duplicates = parameter("dups", query, type).orElse("n");
        if (version.isPresent() && !version.get().equals("1")) {
            return bad("car-version", "only version 1 is written");
        }
        if (order.isPresent() && !order.get().equals("dfs") && !order.get().equals("unk")) {
            return bad("car-order", "dfs or unk");
        }
        if (!duplicates.equals("y") && !duplicates.equals("n")) {
            return bad("car-dups", "y or n");
        }
        Optional<Decoded<ByteSpan>> bytes = query.get("entity-bytes").map(ByteSpan::parse);
        if (bytes.isPresent() && bytes.get() instanceof Decoded.Refused<ByteSpan>(Refusal refusal)) {
            return bad("entity-bytes", refusal.detail());
        }
        String word = query.get("dag-scope").orElse("all");
        if (!List.of("block", "entity", "all").contains(word)) {
            return bad("dag-scope", "block, entity or all");
        }
        Scope scope = Scope.valueOf(word.toUpperCase(Locale.ROOT));
        return Decoded.ok(new CarWish(root, path, bytes.isPresent() && scope == Scope.ALL ? Scope.ENTITY : scope,
                bytes.map(Decoded::orElseThrow), duplicates.equals("y")));
    }

    private static Optional<String> parameter(String name, Query query, Map<String, String> type) {
        return query.get("car-" + name).or(() -> Optional.ofNullable(type.get(name)).filter(text -> !text.isEmpty()));
    }

    private static Decoded<CarWish> bad(String parameter, String expected) {
        return Decoded.refused(Refusal.Kind.UNSUPPORTED, "parameter " + parameter + ": " + expected);
    }

    /** The media type of what is answered. */
    static String type(CarWish wish) {
        return Format.CAR.type() + "; version=1; order=dfs; dups=" + (wish.duplicates() ? "y" : "n");
    }

    /** A tag that tells wishes apart; weak, since another version may order blocks otherwise. */
    static String tag(CarWish wish) {
        String all = String.join("/", wish.path()) + "\0" + wish.duplicates() + "\0" + wish.bytes();
        return "W/\"" + wish.root() + ".car." + wish.scope().name().toLowerCase(Locale.ROOT) + "."
                + Tags.of(all.getBytes(StandardCharsets.UTF_8)) + "\"";
    }
}
