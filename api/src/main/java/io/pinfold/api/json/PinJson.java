package io.pinfold.api.json;

import io.pinfold.follower.view.PinInfo;
import io.pinfold.follower.view.PinOptions;
import io.pinfold.follower.view.PinStatus;
import tools.jackson.core.JsonGenerator;

/** The shape {@code Pin}: the options, flattened, and what the cluster added to them. */
public final class PinJson {

    private PinJson() {}

    /** Writes one pin. */
    public static void write(JsonGenerator json, PinInfo pin) {
        json.writeStartObject();
        options(json, pin.options());
        json.writeStringProperty("cid", pin.cid().toString());
        json.writeStringProperty("type", pin.type().text());
        Json.strings(json, "allocations", pin.allocations());
        json.writeNumberProperty("max_depth", pin.maxDepth());
        Json.textOrNull(json, "reference", pin.reference());
        json.writeStringProperty("timestamp", pin.timestamp().toString());
        json.writeEndObject();
    }

    private static void options(JsonGenerator json, PinOptions options) {
        json.writeNumberProperty("replication_factor_min", options.replication().min());
        json.writeNumberProperty("replication_factor_max", options.replication().max());
        options.replication()
                .percent()
                .ifPresent(percent -> json.writeNumberProperty("replication_percent", percent));
        json.writeStringProperty("name", options.name());
        json.writeStringProperty("mode", options.mode().text());
        json.writeNumberProperty("shard_size", options.shardSize());
        Json.stringsOrNull(json, "user_allocations", options.userAllocations());
        json.writeStringProperty("expire_at", options.expireAt().orElse(PinStatus.NEVER).toString());
        if (options.metadata().isEmpty()) {
            json.writeNullProperty("metadata");
        } else {
            Json.texts(json, "metadata", options.metadata());
        }
        Json.textOrNull(json, "pin_update", options.pinUpdate());
        Json.stringsOrNull(json, "origins", options.origins());
    }
}
