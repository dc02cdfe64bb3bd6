package io.pinfold.api.json;

import io.pinfold.follower.view.PeerInfo;
import io.pinfold.follower.view.PeerInfo.IpfsInfo;
import io.pinfold.multiformats.PeerId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * The shape {@code ConnectGraph}: who is connected with whom.
 *
 * <p>Each member is drawn with the members that it is known to see; of IPFS nodes only whose they are.
 */
public final class GraphJson {

    private GraphJson() {}

    /** Writes the graph of {@code members}, among them {@code self}, as it is seen from there. */
    public static void write(JsonGenerator json, PeerId self, Collection<PeerInfo> members, Set<PeerId> trusted) {
        json.writeStartObject();
        json.writeStringProperty("cluster_id", self.toString());
        json.writeObjectPropertyStart("id_to_peername");
        members.forEach(member -> json.writeStringProperty(member.id().toString(), member.peername()));
        json.writeEndObject();
        json.writeObjectPropertyStart("ipfs_links");
        for (PeerInfo member : members) {
            node(member).ifPresent(node -> Json.strings(json, node.toString(), List.of()));
        }
        json.writeEndObject();
        json.writeObjectPropertyStart("cluster_links");
        for (PeerInfo member : members) {
            Json.strings(json, member.id().toString(), member.clusterPeers()
                    .stream()
                    .filter(other -> !other.equals(member.id()))
                    .toList());
        }
        json.writeEndObject();
        json.writeObjectPropertyStart("cluster_trust_links");
        members.forEach(member -> json.writeBooleanProperty(member.id().toString(), trusted.contains(member.id())));
        json.writeEndObject();
        json.writeObjectPropertyStart("cluster_to_ipfs");
        for (PeerInfo member : members) {
            node(member).ifPresent(node -> json.writeStringProperty(member.id().toString(), node.toString()));
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static Optional<PeerId> node(PeerInfo member) {
        return member.ipfs().flatMap(IpfsInfo::id);
    }
}
