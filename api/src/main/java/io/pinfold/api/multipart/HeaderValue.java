package io.pinfold.api.multipart;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A header of one word and parameters, as in {@code form-data; name="file"} (RFC 2045 section 5.1).
 *
 * @param word in lower case
 * @param parameters by name in lower case
 */
record HeaderValue(String word, Map<String, String> parameters) {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z/-]+";

    HeaderValue {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** The value, or nothing if {@code text} is malformed or has a parameter twice. */
    static Optional<HeaderValue> parse(String text) {
        Scanner scanner = new Scanner(text);
        String word = scanner.until(";").strip();
        if (!word.matches(TOKEN)) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        while (scanner.skip(';')) {
            String name = scanner.until("=").strip().toLowerCase(Locale.ROOT);
            Optional<String> value = scanner.skip('=') ? scanner.value() : Optional.empty();
            if (!name.matches(TOKEN) || value.isEmpty() || parameters.putIfAbsent(name, value.get()) != null) {
                return Optional.empty();
            }
        }
        return scanner.isAtEnd()
                ? Optional.of(new HeaderValue(word.toLowerCase(Locale.ROOT), parameters))
                : Optional.empty();
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Goes through the text once. */
    private static final class Scanner {

        private final String text;
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        boolean isAtEnd() {
            return at == text.length();
        }

        boolean skip(char expected) {
            boolean there = at < text.length() && text.charAt(at) == expected;
            at += there ? 1 : 0;
            return there;
        }

        /** What comes before the next of {@code ends}, or before the end. */
        String until(String ends) {
            int from = at;
            while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(from, at);
        }

        /** A token or a quoted string, and the blanks around it. */
        Optional<String> value() {
            while (skip(' ') || skip('\t')) {
                // blanks before a value mean nothing
            }
            if (!skip('"')) {
                return Optional.of(until(";").strip()).filter(token -> token.matches(TOKEN));
            }
            StringBuilder value = new StringBuilder();
            while (!skip('"')) {
                if (isAtEnd()) {
                    return Optional.empty();
                }
                boolean escaped = text.charAt(at) == '\\' && at + 1 < text.length()
                        && "\"\\".indexOf(text.charAt(at + 1)) >= 0;
                at += escaped ? 1 : 0;
                value.append(text.charAt(at++));
            }
            return until(";").isBlank() ? Optional.of(value.toString()) : Optional.empty();
        }
    }
}
