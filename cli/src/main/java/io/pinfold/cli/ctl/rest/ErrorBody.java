package io.pinfold.cli.ctl.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the message of an error: {@code {"code": …, "message": …}}, or whatever came instead. */
final class ErrorBody {

    private static final int MAX_BYTES = 64 << 10;
    private static final JsonMapper JSON = new JsonMapper();

    private ErrorBody() {}

    static String message(int code, @Nullable InputStream body) throws IOException {
        byte[] bytes = body == null ? new byte[0] : body.readNBytes(MAX_BYTES);
        try {
            JsonNode message = JSON.readTree(bytes).path("message");
            if (message.isString()) {
                return message.asString();
            }
        } catch (JacksonException _) {
            // no JSON: shown as it is
        }
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "HTTP status " + code : text;
    }
}
