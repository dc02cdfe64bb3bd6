package io.pinfold.api.gateway;

import io.pinfold.api.http.Call;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The format that a request asks for: the parameter {@code format}, or else the best of {@code Accept} (RFC 9110 section 12.5.1).
 *
 * @param parameters of the media type, names and values in lower case
 * @param inAddress whether the address alone says it
 */
record Choice(Format format, Map<String, String> parameters, boolean inAddress) {

    /** Types of {@code Accept} that are looked at. */
    private static final int MOST = 32;

    private record Weighed(Choice choice, double weight) {}

    Choice {
        parameters = Map.copyOf(parameters);
    }

    /** The choice; empty if nothing that is asked for can be answered. */
    static Optional<Choice> of(Call call) {
        List<Weighed> accepted = accepted(call.request().header("Accept").orElse(""));
        Optional<String> word = call.query().get("format");
        if (word.isEmpty()) {
            return accepted.stream()
                    .filter(some -> some.weight > 0)
                    .max(Comparator.comparingDouble(Weighed::weight))
                    .map(Weighed::choice);
        }
        return Format.ofWord(word.get())
                .map(format -> new Choice(format, accepted.stream()
                        .map(Weighed::choice)
                        .filter(choice -> choice.format == format)
                        .findFirst()
                        .map(Choice::parameters)
                        .orElse(Map.of()), true));
    }

    /** Of equals the first is the greatest: the list is turned round, since the last of equals wins. */
    private static List<Weighed> accepted(String header) {
        List<Weighed> all = new ArrayList<>();
        for (String item : header.split(",", MOST + 1)) {
            String[] parts = item.split(";", -1);
            Map<String, String> parameters = new TreeMap<>();
            for (int i = 1; i < parts.length; i++) {
                int equals = parts[i].indexOf('=');
                if (equals > 0) {
                    parameters.put(parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT),
                            parts[i].substring(equals + 1).strip().replace("\"", "").toLowerCase(Locale.ROOT));
                }
            }
            double weight = weight(parameters.remove("q"));
            Format.ofType(parts[0].strip())
                    .ifPresent(format -> all.add(new Weighed(new Choice(format, parameters, false), weight)));
        }
        return all.reversed();
    }

    private static double weight(@Nullable String text) {
        return text == null ? 1 : text.matches("[01](\\.[0-9]{0,3})?") ? Double.parseDouble(text) : 0;
    }
}
