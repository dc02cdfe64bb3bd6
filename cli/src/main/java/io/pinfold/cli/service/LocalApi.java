package io.pinfold.cli.service;

import io.pinfold.cli.ctl.rest.Endpoint;
import io.pinfold.cli.ctl.rest.RestClient;
import io.pinfold.cli.ctl.rest.RestConfig;
import io.pinfold.follower.config.PeerConfig;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reaches the API of a peer on this machine, as its configuration tells. */
public final class LocalApi {

    private static final int TIMEOUT_MILLIS = 60_000;

    private LocalApi() {}

    /** A client of the peer that {@code config} is of, which may be running or not. */
    public static RestClient of(PeerConfig config) {
        List<Endpoint> endpoints = config.rest()
                .listen()
                .stream()
                .flatMap(text -> Endpoint.parse(text).toOptional().stream())
                .toList();
        Optional<String> authorization = config.rest()
                .credentials()
                .entrySet()
                .stream()
                .findFirst()
                .map(entry -> "Basic " + Base64.getEncoder()
                        .encodeToString((entry.getKey() + ":" + entry.getValue()).getBytes(StandardCharsets.UTF_8)));
        return new RestClient(new RestConfig(endpoints, "http", TIMEOUT_MILLIS, authorization, true, _ -> {}));
    }
}
