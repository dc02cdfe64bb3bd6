package io.pinfold.cli.ctl.text;

import io.pinfold.cli.console.Sizes;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** A CID with a line for each peer. */
public final class StatusText implements TextForm {

    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    private final boolean colours;

    /** The form, with colours for a terminal or without. */
    public StatusText(boolean colours) {
        this.colours = colours;
    }

    @Override
    public String of(JsonNode status) {
        StringBuilder text = new StringBuilder(Fields.text(status, "cid"));
        String name = Fields.text(status, "name");
        text.append(name.isEmpty() ? "" : " | " + name).append(":\n");
        byPeer(status).forEach((id, there) -> peer(text, id, there));
        return text.toString();
    }

    private static Map<String, JsonNode> byPeer(JsonNode status) {
        Map<String, JsonNode> peers = new TreeMap<>();
        status.path("peer_map").properties().forEach(entry -> peers.put(Fields.safe(entry.getKey()), entry.getValue()));
        return peers;
    }

    private void peer(StringBuilder text, String id, JsonNode there) {
        String peername = Fields.text(there, "peername");
        text.append("    > ").append(String.format(Locale.ROOT, "%-20s", peername.isEmpty() ? id : peername));
        text.append(" : ").append(word(Fields.text(there, "status")));
        String error = Fields.text(there, "error");
        if (!error.isEmpty()) {
            text.append(": ").append(error);
        }
        text.append(" | ")
                .append(Fields.text(there, "timestamp"))
                .append(" | Attempts: ")
                .append(there.path("attempt_count").asInt(0))
                .append(" | Priority: ")
                .append(there.path("priority_pin").asBoolean(false));
        JsonNode progress = there.path("progress");
        if (progress.isObject()) {
            text.append(" | ").append(progress.path("blocks").asLong(0)).append(" blocks");
            long bytes = progress.path("bytes").asLong(0);
            text.append(bytes > 0 ? ", " + Sizes.decimal(bytes) : "");
        }
        text.append('\n');
    }

    private String word(String status) {
        String word = status.toUpperCase(Locale.ROOT);
        if (!colours) {
            return word;
        }
        return switch (status) {
            case "pinned", "unpinned", "remote" -> GREEN + word + PLAIN;
            case "pin_error", "unpin_error", "cluster_error", "unexpectedly_unpinned" -> RED + word + PLAIN;
            default -> YELLOW + word + PLAIN;
        };
    }
}
