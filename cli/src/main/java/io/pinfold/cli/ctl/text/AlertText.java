package io.pinfold.cli.ctl.text;

import java.time.InstantSource;
import tools.jackson.databind.JsonNode;

/** An alert on one line: a metric that expired, or, for Pinfold's other kinds, the kind and its story. */
public final class AlertText implements TextForm {

    private final Ages ages;

    /** The form, with times relative to {@code clock}. */
    public AlertText(InstantSource clock) {
        this.ages = new Ages(clock);
    }

    @Override
    public String of(JsonNode alert) {
        String name = Fields.text(alert, "name");
        boolean expired = alert.path("expire").asLong(0) > 0;
        return Fields.text(alert, "peer") + ": " + name
                + (expired
                        ? ". Expired at: " + ages.of(MetricText.expire(alert))
                        : ": " + Fields.text(alert, "value").replaceFirst("\\.$", ""))
                + ". Triggered at: " + Fields.time(alert, "triggered_at").map(ages::of).orElse("unknown") + "\n";
    }
}
