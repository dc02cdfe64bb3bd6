package io.pinfold.api.gateway;

import io.pinfold.api.http.Call;
import java.util.Map;
import java.util.TreeMap;

/** The headers that all good answers have (path gateway, section «response headers»). */
final class Headers {

    private static final String IMMUTABLE = "public, max-age=29030400, immutable";
    private static final String CACHE_CONTROL = "Cache-Control";

    private final Map<String, String> headers = new TreeMap<>();

    private Headers() {}

    /**
     * Headers of an answer that never changes.
     *
     * @param path of the content, decoded
     * @param name of the file as which it is saved, unless the request has one
     */
    static Headers of(Call call, Choice choice, String path, String tag, String name) {
        Headers all = new Headers();
        all.headers.put("Content-Type", choice.format().type());
        all.headers.put("X-Content-Type-Options", "nosniff");
        all.headers.put("X-Ipfs-Path", path);
        all.headers.put("Etag", tag);
        all.headers.put(CACHE_CONTROL, IMMUTABLE);
        all.headers.put("Accept-Ranges", "none");
        all.headers.put("Vary", "Accept");
        all.headers.put("Content-Disposition", Answers.attachment(call.query().get("filename").orElse(name)));
        if (!choice.inAddress()) {
            all.headers.put("Content-Location", location(call, choice));
        }
        return all;
    }

    Headers with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    Headers keptFor(long seconds) {
        return with(CACHE_CONTROL, "public, max-age=" + seconds);
    }

    Map<String, String> all() {
        return headers;
    }

    /** The address that says by itself what was answered. */
    private static String location(Call call, Choice choice) {
        StringBuilder address = new StringBuilder(call.request().rawPath()).append("?format=")
                .append(choice.format().word());
        for (String part : call.request().rawQuery().split("&", -1)) {
            if (!part.isEmpty() && !part.startsWith("format=")) {
                address.append('&').append(part);
            }
        }
        choice.parameters().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(parameter -> {
            String name = choice.format().word() + "-" + parameter.getKey();
            if (name.matches("car-(version|order|dups)") && call.query().get(name).isEmpty()) {
                address.append('&').append(name).append('=').append(parameter.getValue());
            }
        });
        return address.toString();
    }
}
