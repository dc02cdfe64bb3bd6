package io.pinfold.follower.config;

import io.pinfold.follower.config.value.Credentials;
import io.pinfold.follower.config.value.Flags;
import io.pinfold.follower.config.value.Integers;
import io.pinfold.follower.config.value.Lists;
import io.pinfold.follower.config.value.RawValue;
import io.pinfold.multiformats.Decoded;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the text of a new {@code service.json}. */
public final class ServiceFileText {

    private static final JsonMapper MAPPER = new JsonMapper();

    private ServiceFileText() {}

    /**
     * The file that sets {@code values}, which {@link ConfigLoader} has accepted as options, and nothing else.
     *
     * @param values texts by key, in the order in which they are to stand
     */
    public static String of(Schema schema, Map<String, String> values) {
        ObjectNode root = MAPPER.createObjectNode();
        values.forEach((id, text) -> {
            Key<?> key = schema.find(id).orElseThrow(() -> new IllegalArgumentException("no such key: " + id));
            int dot = id.lastIndexOf('.');
            put(section(root, id.substring(0, dot)), id.substring(dot + 1), key, text);
        });
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static ObjectNode section(ObjectNode root, String path) {
        ObjectNode at = root;
        for (String name : path.split("\\.", -1)) {
            at = at.get(name) instanceof ObjectNode existing ? existing : at.putObject(name);
        }
        return at;
    }

    private static void put(ObjectNode section, String name, Key<?> key, String text) {
        switch (key.type()) {
            case Integers _ -> section.put(name, Integer.parseInt(text.strip()));
            case Flags _ -> section.put(name, Boolean.parseBoolean(text.strip()));
            case Credentials credentials -> {
                ObjectNode users = section.putObject(name);
                parsed(credentials, text).forEach(users::put);
            }
            case Lists<?> _ -> {
                ArrayNode items = section.putArray(name);
                for (String item : text.isBlank() ? new String[0] : text.split(",", -1)) {
                    items.add(item.strip());
                }
            }
            default -> section.put(name, text.strip());
        }
    }

    private static Map<String, String> parsed(Credentials type, String text) {
        Decoded<Map<String, String>> users = type.parse(new RawValue.Text(text));
        return new TreeMap<>(users.orElseThrow());
    }
}
