package io.pinfold.api.json;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** The members of one flat JSON object: texts, numbers, lists of texts, maps of texts. Of bounded size and depth; none twice. */
final class PinFields {

    private static final int MAX_DEPTH = 8;
    private static final int MAX_NAME = 8192;
    private static final int MAX_NUMBER = 32;
    private static final int MAX_ITEMS = 1024;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(MAX_NUMBER)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** By name: String, Long, List of String, Map of String by String; whatever else it was, the token. */
    private final Map<String, Object> members = new HashMap<>();

    private PinFields() {}

    /** The object that {@code json} is, with nothing behind it. */
    static PinFields parse(Bytes json, int maxBytes) throws RefusalException {
        if (json.size() > maxBytes) {
            throw new RefusalException(Kind.TOO_LONG, "more than " + maxBytes + " bytes");
        }
        PinFields fields = new PinFields();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json.toArray())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new RefusalException(Kind.WRONG_TYPE, "not a JSON object");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                fields.take(name, parser.nextToken(), parser);
            }
            if (parser.nextToken() != null) {
                throw new RefusalException(Kind.TRAILING, "something follows the object");
            }
        } catch (JacksonException _) {
            throw new RefusalException(Kind.MALFORMED,
                    "not JSON in UTF-8, or a member stands twice, or it is too deep or a number too long");
        }
        return fields;
    }

    /** The text {@code name}. */
    Optional<String> text(String name) throws RefusalException {
        return member(name, String.class, "a text");
    }

    /** The whole number {@code name}. */
    Optional<Integer> number(String name, int min, int max) throws RefusalException {
        Optional<Long> number = member(name, Long.class, "a whole number");
        if (number.filter(value -> value < min || value > max).isPresent()) {
            throw new RefusalException(Kind.OVERFLOW, "\"" + name + "\" is not from " + min + " to " + max);
        }
        return number.map(Long::intValue);
    }

    /** The number of bytes {@code name}, 0 if it is not there. */
    long size(String name) throws RefusalException {
        long size = member(name, Long.class, "a whole number").orElse(0L);
        if (size < 0) {
            throw new RefusalException(Kind.OVERFLOW, "\"" + name + "\" is negative");
        }
        return size;
    }

    /** The text {@code name} as {@code parser} takes it; nothing if it is not there, null or empty. */
    <T> Optional<T> parsed(String name, Function<String, Decoded<T>> parser) throws RefusalException {
        Optional<String> text = text(name).filter(value -> !value.isEmpty());
        return text.isEmpty() ? Optional.empty() : Optional.of(parse(name, text.get(), parser));
    }

    /** The texts of the list {@code name} as {@code parser} takes them. */
    <T> List<T> list(String name, int max, Function<String, Decoded<T>> parser) throws RefusalException {
        List<?> texts = member(name, List.class, "a list of texts").orElse(List.of());
        if (texts.size() > max) {
            throw new RefusalException(Kind.TOO_MANY, "\"" + name + "\" has more than " + max + " items");
        }
        List<T> items = new ArrayList<>();
        for (Object text : texts) {
            items.add(parse(name, (String) text, parser));
        }
        return items;
    }

    /** The texts by name in the object {@code name}. */
    Map<String, String> texts(String name, int max) throws RefusalException {
        Map<?, ?> entries = member(name, Map.class, "an object of texts").orElse(Map.of());
        if (entries.size() > max) {
            throw new RefusalException(Kind.TOO_MANY, "\"" + name + "\" has more than " + max + " entries");
        }
        Map<String, String> texts = new TreeMap<>();
        entries.forEach((key, value) -> texts.put((String) key, (String) value));
        return texts;
    }

    private static <T> T parse(String name, String text, Function<String, Decoded<T>> parser)
            throws RefusalException {
        return switch (parser.apply(text)) {
            case Decoded.Ok<T>(T value) -> value;
            case Decoded.Refused<T>(Refusal refusal) ->
                throw new RefusalException(refusal.kind(), "\"" + name + "\": " + refusal.detail());
        };
    }

    private <T> Optional<T> member(String name, Class<T> type, String wanted) throws RefusalException {
        Object value = members.get(name);
        if (value != null && !type.isInstance(value)) {
            throw new RefusalException(Kind.WRONG_TYPE, "\"" + name + "\" is not " + wanted);
        }
        return Optional.ofNullable(value).map(type::cast);
    }

    private void take(String name, JsonToken token, JsonParser parser) throws RefusalException {
        switch (token) {
            case VALUE_NULL -> members.remove(name);
            case VALUE_STRING -> members.put(name, parser.getString());
            case VALUE_NUMBER_INT -> members.put(name, number(parser));
            case START_ARRAY -> members.put(name, array(parser));
            case START_OBJECT -> members.put(name, object(parser));
            default -> members.put(name, token);
        }
    }

    /** The number, or the token if it does not fit: whoever asks for it is told. */
    private static Object number(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> JsonToken.VALUE_NUMBER_FLOAT;
        };
    }

    /** The texts of a list, or the token if it holds anything else. */
    private static Object array(JsonParser parser) throws RefusalException {
        List<String> items = new ArrayList<>();
        boolean texts = true;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            texts &= token == JsonToken.VALUE_STRING;
            requireRoom(items.size());
            items.add(texts ? parser.getString() : "");
            parser.skipChildren();
        }
        return texts ? items : JsonToken.START_ARRAY;
    }

    private static Object object(JsonParser parser) throws RefusalException {
        Map<String, String> entries = new TreeMap<>();
        boolean texts = true;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            texts &= parser.nextToken() == JsonToken.VALUE_STRING;
            requireRoom(entries.size());
            entries.put(name, texts ? parser.getString() : "");
            parser.skipChildren();
        }
        return texts ? entries : JsonToken.START_OBJECT;
    }

    private static void requireRoom(int items) throws RefusalException {
        if (items >= MAX_ITEMS) {
            throw new RefusalException(Kind.TOO_MANY, "a member has more than " + MAX_ITEMS + " items");
        }
    }
}
