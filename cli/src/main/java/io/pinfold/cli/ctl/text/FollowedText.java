package io.pinfold.cli.ctl.text;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A pin on one line, with its status at the one peer that was asked first. */
public final class FollowedText implements TextForm {

    @Override
    public String of(JsonNode status) {
        String word = "";
        String error = "";
        for (JsonNode there : status.path("peer_map")) {
            word = Fields.text(there, "status");
            error = Fields.text(there, "error");
        }
        return String.format(Locale.ROOT, "%-20s %s %s%s%n", word, Fields.text(status, "cid"),
                Fields.text(status, "name"), error.isEmpty() ? "" : " (" + error + ")");
    }
}
