package io.pinfold.api.json;

import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.SyncStatus;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** The shape {@code Sync}, Pinfold's own: where a peer stands on the chain. */
public final class SyncJson {

    private SyncJson() {}

    /** Writes one peer's standing. */
    public static void write(JsonGenerator json, SyncStatus sync) {
        json.writeStartObject();
        json.writeStringProperty("cluster_id", sync.clusterId().toString());
        json.writeStringProperty("cluster_name", sync.clusterName());
        json.writeStringProperty("phase", sync.phase().name().toLowerCase(Locale.ROOT));
        json.writeNumberProperty("height", sync.height());
        Json.textOrNull(json, "head", sync.head());
        Json.textOrNull(json, "head_time", sync.headTime());
        json.writeNumberProperty("best_height", sync.bestHeight());
        json.writeNumberProperty("lag", sync.lag());
        Json.textOrNull(json, "last_heard", sync.lastHeard());
        json.writeBooleanProperty("stale", sync.stale());
        confirmations(json, sync.confirmations());
        sync.progress().ifPresent(progress -> progress(json, progress));
        json.writeNumberProperty("pins", sync.pins());
        json.writeObjectPropertyStart("removals");
        json.writeNumberProperty("waiting", sync.removals().waiting());
        json.writeNumberProperty("held", sync.removals().held());
        json.writeEndObject();
        json.writeBooleanProperty("writable", sync.writing().isEmpty());
        json.writeStringProperty("not_writable_because", sync.writing().map(Failure::sentence).orElse(""));
        json.writeEndObject();
    }

    private static void confirmations(JsonGenerator json, SyncStatus.Confirmations confirmations) {
        json.writeObjectPropertyStart("confirmations");
        json.writeNumberProperty("keys", confirmations.keys());
        json.writeNumberProperty("of", confirmations.of());
        json.writeBooleanProperty("confirmed", confirmations.confirmed());
        json.writeEndObject();
    }

    private static void progress(JsonGenerator json, SyncStatus.Progress progress) {
        json.writeObjectPropertyStart("progress");
        json.writeNumberProperty("from", progress.from());
        json.writeNumberProperty("to", progress.to());
        json.writeNumberProperty("verified", progress.verified());
        json.writeNumberProperty("applied", progress.applied());
        json.writeEndObject();
    }
}
