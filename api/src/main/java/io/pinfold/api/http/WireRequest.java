package io.pinfold.api.http;

import io.pinfold.api.wire.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** A request that came over the wire. */
record WireRequest(Exchange exchange) implements Request {

    @Override
    public String method() {
        return exchange.head().method();
    }

    @Override
    public String rawPath() {
        return exchange.head().path();
    }

    @Override
    public String rawQuery() {
        return exchange.head().query();
    }

    @Override
    public Optional<String> header(String name) {
        return exchange.head().header(name);
    }

    @Override
    public InputStream content() {
        try {
            return exchange.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<byte[]> body(int max) {
        try {
            InputStream in = exchange.body();
            byte[] body = in.readNBytes(max + 1);
            return body.length > max ? Optional.empty() : Optional.of(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
