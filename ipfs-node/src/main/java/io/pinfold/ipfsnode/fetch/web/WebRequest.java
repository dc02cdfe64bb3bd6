package io.pinfold.ipfsnode.fetch.web;

import io.pinfold.multiformats.Bytes;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A request to a configured server.
 *
 * @param accept the kinds of content that are wanted
 * @param body what is put there; nothing for a request that only reads
 * @param contentType of the body
 * @param total in all
 * @param silence without getting on
 */
record WebRequest(URI uri, String accept, Optional<Bytes> body, String contentType, Duration total, Duration silence) {

    static WebRequest get(URI uri, String accept, Duration total) {
        return new WebRequest(uri, accept, Optional.empty(), "", total, total.multipliedBy(2));
    }

    static WebRequest stream(URI uri, String accept, Duration total, Duration silence) {
        return new WebRequest(uri, accept, Optional.empty(), "", total, silence);
    }

    static WebRequest put(URI uri, Bytes body, String contentType, Duration total) {
        return new WebRequest(uri, "*/*", Optional.of(body), contentType, total, total.multipliedBy(2));
    }
}
