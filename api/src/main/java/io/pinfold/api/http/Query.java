package io.pinfold.api.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a request, each given once, decoded; an empty value counts as none, as it does for ipfs-cluster.
 *
 * @param values by name, in the order given
 * @param repeated all values of those that may be given more than once and were given
 */
public record Query(Map<String, String> values, Map<String, List<String>> repeated) {

    /** Most parameters in one request. */
    public static final int MAX_PARAMETERS = 256;

    public Query {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        repeated = Map.copyOf(repeated);
    }

    /** Parameters of which none may be given more than once. */
    public Query(Map<String, String> values) {
        this(values, Map.of());
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
        return parse(raw, Set.of());
    }

    /** The same where the parameters called {@code repeatable} may be given more than once. */
    public static Parsed parse(String raw, Set<String> repeatable) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, List<String>> repeated = new HashMap<>();
        int count = 0;
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
            if (++count > MAX_PARAMETERS) {
                return new Parsed.Bad("more than " + MAX_PARAMETERS + " parameters");
            }
            if (repeatable.contains(name.get())) {
                repeated.computeIfAbsent(name.get(), _ -> new ArrayList<>()).add(value.get());
            } else if (values.putIfAbsent(name.get(), value.get()) != null) {
                return new Parsed.Bad("parameter " + name.get() + " is given twice");
            }
        }
        return new Parsed.Good(new Query(values, repeated));
    }

    /** The value of a parameter, unless it is absent or empty. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /** The values of a parameter that may be given more than once, in the order given. */
    public List<String> all(String name) {
        return repeated.getOrDefault(name, List.of());
    }
}
