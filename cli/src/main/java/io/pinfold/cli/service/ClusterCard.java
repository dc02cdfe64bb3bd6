package io.pinfold.cli.service;

import io.pinfold.chain.core.Genesis;
import io.pinfold.chain.core.codec.GenesisCodec;
import io.pinfold.multiformats.PeerId;
import java.nio.file.Path;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A peer and its cluster, as they are shown. */
public record ClusterCard(PeerId peer, Genesis genesis, Path folder) {

    /** For people. */
    public String text() {
        StringBuilder text = new StringBuilder("Peer:         ").append(peer);
        text.append("\nCluster:      ").append(genesis.name());
        text.append("\nCluster id:   ").append(GenesisCodec.chainId(genesis));
        String title = "\nTrusted keys: ";
        for (PeerId key : genesis.keys().publishers()) {
            text.append(title).append(key).append(key.equals(peer) ? " (this peer)" : "");
            title = "\n              ";
        }
        return text.append("\nFolder:       ").append(folder).append('\n').toString();
    }

    /** For programs. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode()
                .put("id", peer.toString())
                .put("cluster_id", GenesisCodec.chainId(genesis).toString())
                .put("cluster_name", genesis.name())
                .put("trusted", genesis.keys().publishers().contains(peer));
        ArrayNode keys = json.putArray("trusted_keys");
        genesis.keys().publishers().forEach(key -> keys.add(key.toString()));
        return json.put("folder", folder.toString());
    }
}
