package io.pinfold.cli.ctl.text;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A pin on one line. */
public final class PinText implements TextForm {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Ages ages;

    /** The form, with the expiry relative to {@code clock}. */
    public PinText(InstantSource clock) {
        this.ages = new Ages(clock);
    }

    @Override
    public String of(JsonNode pin) {
        boolean direct = Fields.text(pin, "mode").equals("direct");
        return String.join(" | ", Fields.text(pin, "cid"), Fields.text(pin, "name"),
                Fields.text(pin, "type").toUpperCase(Locale.ROOT) + (direct ? "-DIRECT" : ""), replication(pin),
                allocations(pin), depth(pin.path("max_depth").asInt(-1)),
                "Metadata: " + (pin.path("metadata").isEmpty() ? "no" : "yes"),
                "Exp: " + Fields.time(pin, "expire_at").map(ages::of).orElse("∞"),
                "Added: " + Fields.time(pin, "timestamp").map(TIME::format).orElse("unknown")) + "\n";
    }

    private static String replication(JsonNode pin) {
        if (pin.path("replication_percent").isNumber()) {
            return "Repl. Factor: " + pin.path("replication_percent").asInt() + "%";
        }
        int min = pin.path("replication_factor_min").asInt(-1);
        return "Repl. Factor: " + (min < 0 ? "-1" : min + "--" + pin.path("replication_factor_max").asInt());
    }

    private static String allocations(JsonNode pin) {
        boolean everywhere = pin.path("replication_factor_min").asInt(-1) < 0
                && !pin.path("replication_percent").isNumber();
        return "Allocations: [" + (everywhere
                ? "everywhere"
                : String.join(" ", Fields.texts(pin, "allocations").stream().sorted().toList())) + "]";
    }

    private static String depth(int depth) {
        return switch (depth) {
            case -1 -> "Recursive";
            case 0 -> "Direct";
            default -> "Recursive-" + depth;
        };
    }
}
