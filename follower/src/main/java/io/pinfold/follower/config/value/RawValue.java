package io.pinfold.follower.config.value;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A value as it was written, before its key's type looks at it. */
public sealed interface RawValue {

    /** One text; numbers and truth values of JSON are texts here. */
    record Text(String text) implements RawValue {}

    /** A list of texts. */
    record Items(List<String> items) implements RawValue {

        public Items {
            items = List.copyOf(items);
        }
    }

    /** Texts by name. */
    record Entries(Map<String, String> entries) implements RawValue {

        public Entries {
            entries = Map.copyOf(entries);
        }
    }

    /** How the value is shown in a message, cut to a line. */
    default String shown() {
        String text = switch (this) {
            case Text(String one) -> one;
            case Items(List<String> items) -> String.join(",", items);
            case Entries(Map<String, String> entries) -> new TreeMap<>(entries).toString();
        };
        return text.length() <= 120 ? text : text.substring(0, 117) + "...";
    }
}
