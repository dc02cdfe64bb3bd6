package io.pinfold.api.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a request, each given once, decoded; an empty value counts as none, as it does for ipfs-cluster.
 *
 * @param values by name, in the order given
 */
public record Query(Map<String, String> values) {

    /** Most parameters in one request. */
    public static final int MAX_PARAMETERS = 256;

    public Query {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** What came of reading a query. */
    public sealed interface Parsed {

        /** The parameters. */
        record Good(Query query) implements Parsed {}

        /** Why they cannot be read. */
        record Bad(String why) implements Parsed {}
    }

    /** Reads what followed a question mark: {@code name=value} joined by ampersands. */
    public static Parsed parse(String raw) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : raw.split("&", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            Optional<String> name = PercentCode.decode(equals < 0 ? part : part.substring(0, equals), true);
            Optional<String> value = PercentCode.decode(equals < 0 ? "" : part.substring(equals + 1), true);
            if (name.isEmpty() || value.isEmpty()) {
                return new Parsed.Bad("bad percent-encoding in the query");
            }
            if (values.putIfAbsent(name.get(), value.get()) != null) {
                return new Parsed.Bad("parameter " + name.get() + " is given twice");
            }
            if (values.size() > MAX_PARAMETERS) {
                return new Parsed.Bad("more than " + MAX_PARAMETERS + " parameters");
            }
        }
        return new Parsed.Good(new Query(values));
    }

    /** The value of a parameter, unless it is absent or empty. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }
}
