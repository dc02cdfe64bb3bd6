package io.pinfold.api.kubo;

import io.pinfold.api.http.Reply;
import io.pinfold.ipfs.IpfsNode.NodeIdentity;
import io.pinfold.ipfsnode.view.NodeView;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/** {@code version}, {@code id} and {@code swarm/peers}. */
record NodeCommands(NodeView node) {

    private static final Pattern NUMBERS = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+");

    Map<String, KuboApi.Command> commands() {
        return Map.of("version", this::version, "id", this::id, "swarm/peers", this::peers);
    }

    private Reply version(Arguments arguments) throws CommandException {
        String version = plain(identity().version());
        return KuboReplies.json(json -> {
            json.writeStartObject();
            json.writeStringProperty("Version", version);
            json.writeStringProperty("Commit", "");
            json.writeStringProperty("Repo", "");
            json.writeStringProperty("System", System.getProperty("os.arch") + "/"
                    + System.getProperty("os.name").toLowerCase(Locale.ROOT));
            json.writeStringProperty("Golang", "");
            json.writeEndObject();
        });
    }

    /** The version without the program's name; tools want three numbers. */
    private static String plain(String version) {
        String number = version.substring(version.indexOf('/') + 1);
        return NUMBERS.matcher(number).lookingAt() ? number : "0.0.0-" + number;
    }

    private Reply id(Arguments arguments) throws CommandException {
        NodeIdentity identity = identity();
        for (String other : arguments.query().all(Arguments.NAME)) {
            if (!PeerId.parse(other).toOptional().equals(Optional.of(identity.id()))) {
                throw CommandException.failed("only the node itself is told of, which is " + identity.id());
            }
        }
        return KuboReplies.json(json -> {
            json.writeStartObject();
            json.writeStringProperty("ID", identity.id().toString());
            json.writeStringProperty("PublicKey", identity.id()
                    .publicKey()
                    .map(_ -> Base64.getEncoder().encodeToString(identity.id().hash().digest().toArray()))
                    .orElse(""));
            strings(json, "Addresses", identity.addresses().stream().map(Multiaddr::toString).toList());
            json.writeStringProperty("AgentVersion", identity.version());
            strings(json, "Protocols", node.neighbours().protocols().stream().sorted().toList());
            json.writeEndObject();
        });
    }

    private NodeIdentity identity() throws CommandException {
        return CommandException.orFail(node.node().identity());
    }

    private Reply peers(Arguments arguments) {
        List<Multiaddr> connected = node.neighbours().connected();
        return KuboReplies.json(json -> {
            json.writeStartObject();
            if (connected.isEmpty()) {
                json.writeNullProperty("Peers");
            } else {
                json.writeArrayPropertyStart("Peers");
                connected.forEach(address -> peer(json, address));
                json.writeEndArray();
            }
            json.writeEndObject();
        });
    }

    private static void peer(JsonGenerator json, Multiaddr address) {
        json.writeStartObject();
        json.writeStringProperty("Addr", address.withoutPeer().toString());
        json.writeStringProperty("Peer", address.peerId().map(PeerId::toString).orElse(""));
        json.writeObjectPropertyStart("Identify");
        json.writeStringProperty("ID", "");
        json.writeStringProperty("PublicKey", "");
        json.writeNullProperty("Addresses");
        json.writeStringProperty("AgentVersion", "");
        json.writeNullProperty("Protocols");
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void strings(JsonGenerator json, String name, List<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }
}
