package io.pinfold.follower.config.value;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Passwords by user: an object in the file; elsewhere {@code user:password} pairs separated by commas. */
public record Credentials() implements ValueType<Map<String, String>> {

    private static final int MAX_USERS = 64;
    private static final int MAX_CHARS = 256;

    @Override
    public Decoded<Map<String, String>> parse(RawValue raw) {
        return switch (raw) {
            case RawValue.Text(String text) -> pairs(text.strip());
            case RawValue.Entries(Map<String, String> entries) -> checked(entries);
            case RawValue.Items _ -> Decoded.refused(Kind.WRONG_TYPE, "users and passwords are due here");
        };
    }

    private static Decoded<Map<String, String>> pairs(String text) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int colon = pair.indexOf(':');
            if (colon < 0) {
                return Decoded.refused(Kind.MALFORMED, "a pair without a colon");
            }
            if (entries.put(pair.substring(0, colon), pair.substring(colon + 1)) != null) {
                return Decoded.refused(Kind.MALFORMED, "a user stands twice");
            }
        }
        return checked(entries);
    }

    private static Decoded<Map<String, String>> checked(Map<String, String> entries) {
        if (entries.size() > MAX_USERS) {
            return Decoded.refused(Kind.TOO_MANY, "more than " + MAX_USERS + " users");
        }
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            if (entry.getKey().isEmpty() || entry.getValue().isEmpty()) {
                return Decoded.refused(Kind.TRUNCATED, "an empty user or password");
            }
            if (entry.getKey().indexOf(':') >= 0) {
                return Decoded.refused(Kind.MALFORMED, "a user with a colon");
            }
            if (entry.getKey().length() > MAX_CHARS || entry.getValue().length() > MAX_CHARS) {
                return Decoded.refused(Kind.TOO_LONG, "a user or password of more than " + MAX_CHARS + " characters");
            }
        }
        return Decoded.ok(Map.copyOf(entries));
    }

    @Override
    public String expected() {
        return "users and passwords, such as {\"ann\": \"…\"} in the file or ann:… elsewhere";
    }

    @Override
    public String show(Map<String, String> value) {
        return new TreeMap<>(value).keySet().stream().map(user -> user + ":***").collect(Collectors.joining(","));
    }

    @Override
    public boolean secret() {
        return true;
    }
}
