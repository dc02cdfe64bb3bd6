package io.pinfold.cli.ctl.text;

import java.time.InstantSource;
import tools.jackson.databind.JsonNode;

/** Where a peer stands on the chain. */
public final class SyncText implements TextForm {

    private final Ages ages;

    /** The form, with times relative to {@code clock}. */
    public SyncText(InstantSource clock) {
        this.ages = new Ages(clock);
    }

    @Override
    public String of(JsonNode sync) {
        StringBuilder text = new StringBuilder();
        line(text, "Cluster", Fields.text(sync, "cluster_name") + " (" + Fields.text(sync, "cluster_id") + ")");
        line(text, "State", Fields.text(sync, "phase") + progress(sync.path("progress"))
                + (sync.path("stale").asBoolean(false) ? ", STALE: no trusted peer was heard for long" : ""));
        line(text, "Height", sync.path("height").asLong(0) + " of " + sync.path("best_height").asLong(0)
                + " known");
        line(text, "Head", head(sync));
        JsonNode confirmations = sync.path("confirmations");
        line(text, "Confirmed", "by " + confirmations.path("keys").asInt(0) + " of "
                + confirmations.path("of").asInt(0) + " trusted keys");
        line(text, "Last heard", Fields.time(sync, "last_heard").map(ages::of).orElse("never"));
        line(text, "Pins", Long.toString(sync.path("pins").asLong(0)));
        JsonNode removals = sync.path("removals");
        line(text, "Removals", removals.path("waiting").asLong(0) + " waiting, " + removals.path("held").asLong(0)
                + " held back");
        line(text, "Writing", sync.path("writable").asBoolean(false)
                ? "this peer may write"
                : "no: " + Fields.text(sync, "not_writable_because"));
        return text.toString();
    }

    private static String progress(JsonNode progress) {
        if (!progress.isObject()) {
            return "";
        }
        return ", " + progress.path("verified").asLong(0) + " blocks verified and "
                + progress.path("applied").asLong(0)
                + " applied of " + (progress.path("to").asLong(0) - progress.path("from").asLong(0));
    }

    private String head(JsonNode sync) {
        String head = Fields.text(sync, "head");
        return head.isEmpty()
                ? "none"
                : head + Fields.time(sync, "head_time").map(time -> ", written " + ages.of(time)).orElse("");
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append('\n');
    }
}
