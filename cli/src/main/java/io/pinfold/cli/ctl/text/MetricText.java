package io.pinfold.cli.ctl.text;

import io.pinfold.cli.console.Sizes;
import java.time.Instant;
import java.time.InstantSource;
import tools.jackson.databind.JsonNode;

/** A metric on one line. */
public final class MetricText implements TextForm {

    private static final long NANOS = 1_000_000_000L;

    private final Ages ages;

    /** The form, with times relative to {@code clock}. */
    public MetricText(InstantSource clock) {
        this.ages = new Ages(clock);
    }

    @Override
    public String of(JsonNode metric) {
        String name = Fields.text(metric, "name");
        long weight = metric.path("weight").asLong(0);
        String value = name.equals("freespace") && weight > 0 ? Sizes.decimal(weight) : Fields.text(metric, "value");
        return Fields.text(metric, "peer") + " | " + name + ": " + value + " | Expires in: "
                + ages.of(expire(metric)) + "\n";
    }

    static Instant expire(JsonNode metric) {
        long nanos = metric.path("expire").asLong(0);
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }
}
