package io.pinfold.api.rest;

import io.pinfold.api.http.Reply;
import io.pinfold.api.http.Router;
import io.pinfold.api.json.MetricJson;
import io.pinfold.api.json.SyncJson;
import io.pinfold.follower.view.Alert;
import io.pinfold.follower.view.Metric;
import io.pinfold.follower.view.PeerMonitor;
import io.pinfold.follower.view.SyncStatus;
import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.core.JsonGenerator;

/** How the peer is doing: {@code /health}, {@code /monitor/metrics}, and Pinfold's {@code /sync}. */
final class MonitorRoutes {

    private final PeerMonitor monitor;

    MonitorRoutes(PeerMonitor monitor) {
        this.monitor = monitor;
    }

    void addTo(Router router) {
        router.add("GET", "/health", _ -> Reply.nothing());
        router.add("GET", "/health/alerts", _ -> array(monitor.alerts(), (JsonGenerator json, Alert alert) -> MetricJson
                .write(json, alert)));
        router.add("GET", "/monitor/metrics", _ -> array(monitor.metricNames(), JsonGenerator::writeString));
        router.add("GET", "/monitor/metrics/{name}", call -> array(monitor.metrics(call.variable("name")),
                (JsonGenerator json, Metric metric) -> MetricJson.write(json, metric)));
        router.add("GET", "/sync", _ -> sync(monitor.sync()));
    }

    private static Reply sync(SyncStatus sync) {
        return Reply.ok(json -> SyncJson.write(json, sync));
    }

    private static <T> Reply array(List<T> items, BiConsumer<JsonGenerator, T> shape) {
        return Reply.ok(json -> {
            json.writeStartArray();
            items.forEach(item -> shape.accept(json, item));
            json.writeEndArray();
        });
    }
}
