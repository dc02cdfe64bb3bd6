package io.pinfold.api.json;

import io.pinfold.follower.view.PinStatus;
import io.pinfold.follower.view.PinStatus.AtPeer;
import tools.jackson.core.JsonGenerator;

/** The shape {@code GlobalPinInfo}, with a {@code PinInfoShort} for each member. */
public final class StatusJson {

    private StatusJson() {}

    /** Writes one CID's status. */
    public static void write(JsonGenerator json, PinStatus status) {
        json.writeStartObject();
        json.writeStringProperty("cid", status.cid().toString());
        json.writeStringProperty("name", status.name());
        Json.strings(json, "allocations", status.allocations());
        Json.strings(json, "origins", status.origins());
        json.writeStringProperty("created", status.created().toString());
        Json.texts(json, "metadata", status.metadata());
        json.writeObjectPropertyStart("peer_map");
        status.peers().forEach((peer, there) -> {
            json.writeName(peer.toString());
            peer(json, there);
        });
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void peer(JsonGenerator json, AtPeer there) {
        json.writeStartObject();
        json.writeStringProperty("peername", there.peername());
        there.ipfsId().ifPresent(id -> json.writeStringProperty("ipfs_peer_id", id.toString()));
        if (!there.ipfsAddresses().isEmpty()) {
            Json.strings(json, "ipfs_peer_addresses", there.ipfsAddresses());
        }
        json.writeStringProperty("status", there.status().text());
        json.writeStringProperty("timestamp", there.since().toString());
        json.writeStringProperty("error", there.error());
        json.writeNumberProperty("attempt_count", there.attempts());
        json.writeBooleanProperty("priority_pin", there.priority());
        there.progress().ifPresent(progress -> {
            json.writeObjectPropertyStart("progress");
            json.writeNumberProperty("blocks", progress.blocks());
            json.writeNumberProperty("bytes", progress.bytes());
            json.writeEndObject();
        });
        json.writeEndObject();
    }
}
