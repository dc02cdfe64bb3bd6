package io.pinfold.follower.monitor;

import io.pinfold.follower.peers.NodeIdentityCache;
import io.pinfold.follower.view.Alert;
import io.pinfold.ipfs.IpfsNode.NodeIdentity;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.ManualClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NodeVersionTest {

    private final Alerts alerts = new Alerts(TestKeys.peerId(1), new ManualClock());
    private final NodeVersion versions = new NodeVersion(alerts);

    private void note(String version) {
        versions.note(new NodeIdentityCache.State(
                Optional.of(new NodeIdentity(TestKeys.peerId(2), List.of(), version)), ""));
    }

    @Test
    void a_new_node_is_no_trouble_and_one_that_is_away_neither() {
        versions.note(new NodeIdentityCache.State(Optional.empty(), "connection refused"));
        note("0.43.0");
        assertThat(alerts.newestFirst()).isEmpty();
    }

    @Test
    void an_old_dated_or_strange_node_is_an_alert_once() {
        note("0.33.2");
        note("0.33.2");
        note("0.40.0");
        note("kubo-like/9");
        assertThat(alerts.newestFirst()).extracting(alert -> alert.metric().name())
                .containsOnly(NodeVersion.KIND)
                .hasSize(3);
        assertThat(alerts.newestFirst()).extracting(alert -> alert.metric().value())
                .satisfiesExactly(strange -> assertThat(strange).contains("\"kubo-like/9\"", "none of Kubo"),
                        dated -> assertThat(dated).contains("0.40.0 works, but"),
                        old -> assertThat(old).contains("0.33.2 is too old"));
    }

    /** Clients take an expiry for a metric that ran out, and then show no story. */
    @Test
    void an_alert_that_is_no_metric_does_not_expire() {
        note("0.33.2");
        assertThat(alerts.newestFirst()).map(Alert::metric)
                .allSatisfy(metric -> assertThat(metric.expire()).isEqualTo(Instant.EPOCH));
    }
}
