package io.pinfold.api.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the handler of a request: 404 for a path that no route has, 405 for one that has other methods. */
public final class Router {

    private record Route(String method, PathPattern pattern, Handler handler) {}

    /** What is answered to requests that no route takes. */
    public interface Refusals {

        /** To a path that no route has. */
        Reply unknown();

        /** To a path whose routes have the methods {@code allowed}. */
        Reply notAllowed(SortedSet<String> allowed);

        /** To a path or query that cannot be read. */
        Reply malformed(String why);
    }

    private final List<Route> routes = new ArrayList<>();
    private final Refusals refusals;
    private final Set<String> repeatable;

    /** Refusals in the shape of every other error. */
    public Router() {
        this(new Problems(), Set.of());
    }

    /** Other refusals; the parameters called {@code repeatable} may be given more than once. */
    public Router(Refusals refusals, Set<String> repeatable) {
        this.refusals = refusals;
        this.repeatable = Set.copyOf(repeatable);
    }

    private record Problems() implements Refusals {

        @Override
        public Reply unknown() {
            return Reply.problem(404, "not found");
        }

        @Override
        public Reply notAllowed(SortedSet<String> allowed) {
            return Reply.problem(405, "method not allowed").with("Allow", String.join(", ", allowed));
        }

        @Override
        public Reply malformed(String why) {
            return Reply.problem(400, why);
        }
    }

    /** Adds a route; of several that match, the one added first answers. The pattern is a {@link PathPattern}. */
    public Router add(String method, String pattern, Handler handler) {
        routes.add(new Route(method, PathPattern.of(pattern), handler));
        return this;
    }

    /** The reply of the matching route. */
    Reply route(Request request) {
        Optional<List<String>> path = segments(request.rawPath());
        if (path.isEmpty()) {
            return refusals.malformed("bad percent-encoding in the path");
        }
        for (Route route : routes) {
            if (route.method.equals(request.method())) {
                Optional<Map<String, String>> variables = route.pattern.match(path.get());
                if (variables.isPresent()) {
                    return handle(route, request, variables.get());
                }
            }
        }
        return others(path.get());
    }

    /** For a path that no route of the request's method has. */
    private Reply others(List<String> path) {
        TreeSet<String> allowed = routes.stream()
                .filter(route -> route.pattern.match(path).isPresent())
                .map(Route::method)
                .collect(Collectors.toCollection(TreeSet::new));
        return allowed.isEmpty() ? refusals.unknown() : refusals.notAllowed(allowed);
    }

    private Reply handle(Route route, Request request, Map<String, String> variables) {
        return switch (Query.parse(request.rawQuery(), repeatable)) {
            case Query.Parsed.Good(Query query) -> route.handler.handle(new Call(request, query, variables));
            case Query.Parsed.Bad(String why) -> refusals.malformed(why);
        };
    }

    private static Optional<List<String>> segments(String rawPath) {
        List<String> segments = new ArrayList<>();
        for (String segment : rawPath.substring(1).split("/", -1)) {
            Optional<String> decoded = PercentCode.decode(segment, false);
            if (decoded.isEmpty()) {
                return Optional.empty();
            }
            segments.add(decoded.get());
        }
        return Optional.of(segments);
    }
}
