package io.pinfold.templates.json;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Multibase;
import io.pinfold.templates.Template;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes templates. */
final class TemplateWriter {

    private static final JsonMapper MAPPER = new JsonMapper();

    private TemplateWriter() {}

    static Bytes write(Template template) {
        ObjectNode root = MAPPER.createObjectNode()
                .put("pinfold_template", TemplateJson.VERSION)
                .put("name", template.genesis().name())
                .put("cluster", template.clusterId().toString())
                .put("genesis", Multibase.BASE64_URL.encode(template.genesisBytes()));
        put(root.putArray("bootstrap"), template.bootstrap());
        put(root.putArray("ipfs"), template.ipfs());
        ObjectNode settings = root.putObject("settings");
        template.settings().forEach(settings::put);
        String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void put(ArrayNode array, List<Multiaddr> addresses) {
        addresses.forEach(address -> array.add(address.toString()));
    }
}
