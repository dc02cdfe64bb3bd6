package io.pinfold.templates.json;

import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Typed access to an object's members, which refuses those that are missing, of the wrong type, or never asked for. */
final class Members {

    private final JsonNode object;
    private final Set<String> asked = new HashSet<>();

    Members(JsonNode object) {
        this.object = object;
    }

    /** The required whole number {@code name}. */
    int number(String name) throws RefusalException {
        JsonNode node = required(name);
        if (!node.isInt()) {
            throw wrongType(name, "a whole number");
        }
        return node.asInt();
    }

    /** The required text {@code name}. */
    String text(String name) throws RefusalException {
        return text(name, required(name));
    }

    /** The texts in the list {@code name}, none if it is not there. */
    List<String> texts(String name, int max) throws RefusalException {
        JsonNode node = optional(name);
        List<String> texts = new ArrayList<>();
        if (node == null) {
            return texts;
        }
        if (!node.isArray()) {
            throw wrongType(name, "a list");
        }
        requireAtMost(name, node.size(), max);
        for (JsonNode item : node.values()) {
            texts.add(text(name, item));
        }
        return texts;
    }

    /** The texts by name in the object {@code name}, none if it is not there. */
    Map<String, String> entries(String name, int max) throws RefusalException {
        JsonNode node = optional(name);
        Map<String, String> entries = new TreeMap<>();
        if (node == null) {
            return entries;
        }
        if (!node.isObject()) {
            throw wrongType(name, "an object");
        }
        requireAtMost(name, node.size(), max);
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            entries.put(entry.getKey(), text(name + '.' + entry.getKey(), entry.getValue()));
        }
        return entries;
    }

    /** Refuses members that nobody asked for. */
    void requireNoOther() throws RefusalException {
        for (String name : object.propertyNames()) {
            if (!asked.contains(name)) {
                throw new RefusalException(Kind.UNSUPPORTED, "unknown member \"" + name + '"');
            }
        }
    }

    private @Nullable JsonNode optional(String name) {
        asked.add(name);
        return object.get(name);
    }

    private JsonNode required(String name) throws RefusalException {
        JsonNode node = optional(name);
        if (node == null) {
            throw new RefusalException(Kind.MALFORMED, "no member \"" + name + '"');
        }
        return node;
    }

    private static String text(String name, JsonNode node) throws RefusalException {
        if (!node.isString()) {
            throw wrongType(name, "a text");
        }
        return node.asString();
    }

    private static void requireAtMost(String name, int size, int max) throws RefusalException {
        if (size > max) {
            throw new RefusalException(Kind.TOO_MANY, size + " items in " + name + ", at most " + max + " allowed");
        }
    }

    private static RefusalException wrongType(String name, String wanted) {
        return new RefusalException(Kind.WRONG_TYPE, "\"" + name + "\" is not " + wanted);
    }
}
