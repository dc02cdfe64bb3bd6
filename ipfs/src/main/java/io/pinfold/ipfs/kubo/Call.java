package io.pinfold.ipfs.kubo;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** A command of the RPC with its options, and perhaps a body. */
final class Call {

    private final String command;
    private final StringBuilder query = new StringBuilder();
    private @Nullable HttpEntity body;

    private Call(String command) {
        this.command = command;
    }

    /** A call of {@code command}, for example {@code pin/ls}. */
    static Call of(String command) {
        return new Call(command);
    }

    /** Adds a positional argument. */
    Call arg(Object value) {
        return with("arg", value);
    }

    /** Adds an option. */
    Call with(String option, Object value) {
        query.append(query.isEmpty() ? '?' : '&')
                .append(option)
                .append('=')
                .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
        return this;
    }

    /** Adds an option that is a time, as Go writes it. */
    Call with(String option, Duration time) {
        return with(option, Math.max(1, time.toMillis()) + "ms");
    }

    /** Sends a body with it. */
    Call body(HttpEntity entity) {
        body = entity;
        return this;
    }

    String command() {
        return command;
    }

    /** The path and query of the request. */
    String target() {
        return "/api/v0/" + command + query;
    }

    @Nullable
    HttpEntity body() {
        return body;
    }
}
