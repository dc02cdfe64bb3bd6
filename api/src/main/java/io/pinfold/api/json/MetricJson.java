package io.pinfold.api.json;

import io.pinfold.follower.view.Alert;
import io.pinfold.follower.view.Metric;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/** The shapes {@code Metric} and {@code Alert}; times of metrics are nanoseconds since 1970. */
public final class MetricJson {

    private static final long NANOS = 1_000_000_000L;

    private MetricJson() {}

    /** Writes one metric. */
    public static void write(JsonGenerator json, Metric metric) {
        json.writeStartObject();
        fields(json, metric);
        json.writeEndObject();
    }

    /** Writes one alert: its metric, flattened, and when it was triggered. */
    public static void write(JsonGenerator json, Alert alert) {
        json.writeStartObject();
        fields(json, alert.metric());
        json.writeStringProperty("triggered_at", alert.triggeredAt().toString());
        json.writeEndObject();
    }

    private static void fields(JsonGenerator json, Metric metric) {
        json.writeStringProperty("name", metric.name());
        json.writeStringProperty("peer", metric.peer().toString());
        json.writeStringProperty("value", metric.value());
        json.writeNumberProperty("expire", nanos(metric.expire()));
        json.writeBooleanProperty("valid", metric.valid());
        json.writeNumberProperty("weight", metric.weight());
        json.writeBooleanProperty("partitionable", metric.partitionable());
        json.writeNumberProperty("received_at", nanos(metric.receivedAt()));
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * NANOS + time.getNano();
    }
}
