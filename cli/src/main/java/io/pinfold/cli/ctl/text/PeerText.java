package io.pinfold.cli.ctl.text;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A peer with its addresses and its IPFS node. */
public final class PeerText implements TextForm {

    @Override
    public String of(JsonNode peer) {
        String id = Fields.text(peer, "id");
        String error = Fields.text(peer, "error");
        if (!error.isEmpty()) {
            return id + " | ERROR: " + error + "\n";
        }
        StringBuilder text = new StringBuilder(id).append(" | ").append(Fields.text(peer, "peername"));
        long others = Fields.texts(peer, "cluster_peers").stream().filter(other -> !other.equals(id)).count();
        text.append(" | Sees ").append(others).append(" other peers\n  > Addresses:\n");
        addresses(text, Fields.texts(peer, "addresses"));
        JsonNode ipfs = peer.path("ipfs");
        String ipfsError = Fields.text(ipfs, "error");
        if (!ipfsError.isEmpty()) {
            return text.append("  > IPFS ERROR: ").append(ipfsError).append('\n').toString();
        }
        text.append("  > IPFS: ").append(Fields.text(ipfs, "id")).append('\n');
        addresses(text, Fields.texts(ipfs, "addresses"));
        return text.toString();
    }

    private static void addresses(StringBuilder text, List<String> addresses) {
        addresses.stream().sorted().forEach(address -> text.append("    - ").append(address).append('\n'));
    }
}
