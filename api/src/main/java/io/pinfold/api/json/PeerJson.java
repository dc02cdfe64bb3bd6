package io.pinfold.api.json;

import io.pinfold.follower.view.PeerInfo;
import io.pinfold.follower.view.PeerInfo.IpfsInfo;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** The shapes {@code ID} and {@code IPFSID}. */
public final class PeerJson {

    private static final IpfsInfo NO_IPFS = new IpfsInfo(Optional.empty(), List.of(), "");

    private PeerJson() {}

    /** Writes one member. */
    public static void write(JsonGenerator json, PeerInfo peer) {
        json.writeStartObject();
        json.writeStringProperty("id", peer.id().toString());
        Json.strings(json, "addresses", peer.addresses());
        Json.strings(json, "cluster_peers", peer.clusterPeers());
        Json.strings(json, "cluster_peers_addresses", peer.clusterPeersAddresses());
        json.writeStringProperty("version", peer.version());
        json.writeStringProperty("commit", "");
        json.writeStringProperty("rpc_protocol_version", peer.rpcProtocol());
        json.writeStringProperty("error", peer.error());
        json.writeName("ipfs");
        ipfs(json, peer.ipfs().orElse(NO_IPFS));
        json.writeStringProperty("peername", peer.peername());
        json.writeEndObject();
    }

    private static void ipfs(JsonGenerator json, IpfsInfo ipfs) {
        json.writeStartObject();
        ipfs.id().ifPresent(id -> json.writeStringProperty("id", id.toString()));
        Json.strings(json, "addresses", ipfs.addresses());
        json.writeStringProperty("error", ipfs.error());
        json.writeEndObject();
    }
}
