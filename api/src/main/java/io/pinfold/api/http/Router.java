package io.pinfold.api.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the handler of a request: 404 for a path that no route has, 405 for one that has other methods. */
public final class Router {

    private record Route(String method, PathPattern pattern, Handler handler) {}

    private final List<Route> routes = new ArrayList<>();

    /** Adds a route; of several that match, the one added first answers. The pattern is a {@link PathPattern}. */
    public Router add(String method, String pattern, Handler handler) {
        routes.add(new Route(method, PathPattern.of(pattern), handler));
        return this;
    }

    /** The reply of the matching route. */
    Reply route(Request request) {
        Optional<List<String>> path = segments(request.rawPath());
        if (path.isEmpty()) {
            return Reply.problem(400, "bad percent-encoding in the path");
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
        return allowed.isEmpty()
                ? Reply.problem(404, "not found")
                : Reply.problem(405, "method not allowed").with("Allow", String.join(", ", allowed));
    }

    private static Reply handle(Route route, Request request, Map<String, String> variables) {
        return switch (Query.parse(request.rawQuery())) {
            case Query.Parsed.Good(Query query) -> route.handler.handle(new Call(request, query, variables));
            case Query.Parsed.Bad(String why) -> Reply.problem(400, why);
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
