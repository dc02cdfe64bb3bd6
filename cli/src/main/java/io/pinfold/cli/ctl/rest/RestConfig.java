package io.pinfold.cli.ctl.rest;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How to reach an API.
 *
 * @param endpoints tried in this order; the next one only if the one before cannot be connected to
 * @param scheme {@code http} or {@code https}, where an endpoint does not say it
 * @param timeoutMillis longest silence within an answer, 0 for ever
 * @param authorization the header's value, if any
 * @param checkCertificate whether the server must prove who it is
 * @param debug takes lines about what is sent and answered
 */
public record RestConfig(List<Endpoint> endpoints, String scheme, int timeoutMillis, Optional<String> authorization,
        boolean checkCertificate, Consumer<String> debug) {

    public RestConfig {
        endpoints = List.copyOf(endpoints);
    }

    @Override
    public String toString() {
        return "RestConfig" + endpoints;
    }
}
