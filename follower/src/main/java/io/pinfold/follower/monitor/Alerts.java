package io.pinfold.follower.monitor;

import io.pinfold.chain.ChainAlert;
import io.pinfold.follower.view.Alert;
import io.pinfold.follower.view.Metric;
import io.pinfold.multiformats.PeerId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people should know of, newest last, at most {@value #MAX}; the same sentence again only renews its time. */
public final class Alerts {

    /** Most alerts that are kept; the oldest goes first. */
    public static final int MAX = 1_000;

    private static final Logger log = LoggerFactory.getLogger(Alerts.class);

    private final PeerId self;
    private final InstantSource clock;
    private final Deque<Alert> alerts = new ArrayDeque<>();

    /** No alerts yet; they are this peer's, {@code self}. */
    public Alerts(PeerId self, InstantSource clock) {
        this.self = self;
        this.clock = clock;
    }

    /** Adds an alert of the chain. */
    public void raise(ChainAlert alert) {
        raise(kind(alert), alert.text());
    }

    /** Adds an alert: {@code kind} for programs, {@code text} for people. */
    public void raise(String kind, String text) {
        Instant now = clock.instant();
        var alert = new Alert(new Metric(kind, self, text, Instant.EPOCH, false, 0, false, now), now);
        if (add(alert)) {
            log.warn("{}: {}", kind, text);
        }
    }

    /** The alerts, newest first. */
    public synchronized List<Alert> newestFirst() {
        return new ArrayList<>(alerts).reversed();
    }

    private synchronized boolean add(Alert alert) {
        boolean fresh = true;
        Iterator<Alert> known = alerts.iterator();
        while (known.hasNext()) {
            Metric metric = known.next().metric();
            if (metric.name().equals(alert.metric().name()) && metric.value().equals(alert.metric().value())) {
                known.remove();
                fresh = false;
            }
        }
        alerts.addLast(alert);
        if (alerts.size() > MAX) {
            alerts.removeFirst();
        }
        return fresh;
    }

    private static String kind(ChainAlert alert) {
        return alert.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
