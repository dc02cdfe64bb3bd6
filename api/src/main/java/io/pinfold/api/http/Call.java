package io.pinfold.api.http;

import java.util.Map;

/**
 * A request that found its route.
 *
 * @param query its parameters
 * @param variables what stood in the path at the route's variables, decoded
 */
public record Call(Request request, Query query, Map<String, String> variables) {

    public Call {
        variables = Map.copyOf(variables);
    }

    /** The text at one of the route's variables. */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no variable " + name);
        }
        return value;
    }
}
