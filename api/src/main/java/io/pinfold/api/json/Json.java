package io.pinfold.api.json;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Generators of JSON, and what every shape is made of. */
public final class Json {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .rootValueSeparator("")
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private Json() {}

    /** A generator of values one after another into {@code out}, which it leaves open; nothing stands between them. */
    public static JsonGenerator generator(OutputStream out) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    }

    /** The one value that {@code value} writes, in UTF-8. */
    public static byte[] bytes(Consumer<? super JsonGenerator> value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = generator(out)) {
            value.accept(json);
        }
        return out.toByteArray();
    }

    /** An object property holding the items' texts as an array. */
    static void strings(JsonGenerator json, String name, Collection<?> items) {
        json.writeArrayPropertyStart(name);
        items.forEach(item -> json.writeString(item.toString()));
        json.writeEndArray();
    }

    /** As {@link #strings}, but {@code null} where there are no items. */
    static void stringsOrNull(JsonGenerator json, String name, Collection<?> items) {
        if (items.isEmpty()) {
            json.writeNullProperty(name);
        } else {
            strings(json, name, items);
        }
    }

    /** The value's text, or {@code null}. */
    static void textOrNull(JsonGenerator json, String name, Optional<?> value) {
        if (value.isPresent()) {
            json.writeStringProperty(name, value.get().toString());
        } else {
            json.writeNullProperty(name);
        }
    }

    /** An object property holding a map of texts. */
    static void texts(JsonGenerator json, String name, Map<String, String> texts) {
        json.writeObjectPropertyStart(name);
        texts.forEach(json::writeStringProperty);
        json.writeEndObject();
    }
}
