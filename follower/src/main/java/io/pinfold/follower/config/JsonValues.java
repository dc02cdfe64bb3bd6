package io.pinfold.follower.config;

import io.pinfold.follower.config.value.RawValue;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Takes JSON values for raw ones: scalars, lists of scalars, objects of scalars. */
final class JsonValues {

    private JsonValues() {}

    static Decoded<RawValue> raw(JsonNode node) {
        return Decoded.attempt(() -> {
            if (node.isArray()) {
                return items(node);
            }
            return node.isObject() ? entries(node) : new RawValue.Text(scalar(node));
        });
    }

    private static RawValue items(JsonNode array) throws RefusalException {
        List<String> items = new ArrayList<>();
        for (JsonNode item : array.values()) {
            items.add(scalar(item));
        }
        return new RawValue.Items(items);
    }

    private static RawValue entries(JsonNode object) throws RefusalException {
        Map<String, String> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            entries.put(member.getKey(), scalar(member.getValue()));
        }
        return new RawValue.Entries(entries);
    }

    private static String scalar(JsonNode node) throws RefusalException {
        if (node.isString() || node.isNumber() || node.isBoolean()) {
            return node.asString();
        }
        throw new RefusalException(Kind.WRONG_TYPE, "null, and lists or objects within a value, mean nothing here");
    }
}
