package io.pinfold.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** The configuration file of a Kubo repository, and what makes a node keep to itself. */
final class KuboConfig {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, Object> ISOLATED = Map.ofEntries(
            Map.entry("/Routing/Type", "none"),
            Map.entry("/Pubsub/Enabled", true),
            Map.entry("/Ipns/UsePubsub", true),
            Map.entry("/Swarm/RelayClient/Enabled", false),
            Map.entry("/Swarm/RelayService/Enabled", false),
            Map.entry("/Swarm/EnableHolePunching", false),
            Map.entry("/Swarm/Transports/Network/Relay", false),
            Map.entry("/AutoNAT/ServiceMode", "disabled"),
            Map.entry("/AutoTLS/Enabled", false),
            Map.entry("/Provide/Enabled", false),
            Map.entry("/HTTPRetrieval/Enabled", false),
            Map.entry("/Version/SwarmCheckEnabled", false),
            Map.entry("/Plugins/Plugins/telemetry/Disabled", true));

    private final Path file;

    KuboConfig(Path repository) {
        this.file = repository.resolve("config");
    }

    /** On top of Kubo's own `test` profile: no DHT, no relay, no announcements, pubsub on. */
    void isolate() {
        ObjectNode config = read();
        ISOLATED.forEach((pointer, value) -> set(config, pointer, value));
        write(config);
    }

    /** Sets what {@code values} says, by JSON pointer. */
    void set(Map<String, Object> values) {
        ObjectNode config = read();
        values.forEach((pointer, value) -> set(config, pointer, value));
        write(config);
    }

    /** Makes the node listen where it was found listening, so that it is there again after a restart. */
    void fixAddresses(String api, List<String> swarm) {
        set(Map.of("/Addresses/API", api, "/Addresses/Swarm", swarm));
    }

    private static void set(ObjectNode config, String pointer, Object value) {
        int last = pointer.lastIndexOf('/');
        ObjectNode at = config;
        for (String name : pointer.substring(0, last).split("/", -1)) {
            if (!name.isEmpty()) {
                JsonNode next = at.get(name);
                at = next instanceof ObjectNode object ? object : at.putObject(name);
            }
        }
        at.set(pointer.substring(last + 1), JSON.valueToTree(value));
    }

    private ObjectNode read() {
        return (ObjectNode) JSON.readTree(file);
    }

    private void write(ObjectNode config) {
        JSON.writerWithDefaultPrettyPrinter().writeValue(file, config);
    }
}
