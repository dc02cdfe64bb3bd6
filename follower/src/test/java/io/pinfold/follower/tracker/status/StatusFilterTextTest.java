package io.pinfold.follower.tracker.status;

import io.pinfold.follower.view.StatusFilter;
import io.pinfold.follower.view.TrackerStatus;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.testkit.Seeds;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StatusFilterTextTest {

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "''|''",
        "undefined|''",
        "undefined,pinned|pinned",
        "pinned|pinned",
        "' pinned , pinning '|pinned,pinning",
        "pinned,,pinned|pinned",
        "error|cluster_error,pin_error,unpin_error",
        "queued|pin_queued,unpin_queued",
        "queued,pinned|pinned,pin_queued,unpin_queued",
        // what ipfs-cluster's client makes of pin_error,pinned and of error: the composite adds nothing
        "pin_error,error,pinned|pin_error,pinned",
        "cluster_error,pin_error,unpin_error,error|cluster_error,pin_error,unpin_error",
        "over_budget|over_budget"})
    void parses(String text, String canonical) {
        assertThat(StatusFilterText.of(StatusFilterText.parse(text).orElseThrow())).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pinnd", "PINNED", "pinned,nonsense", "pinned;pinning", "4", "all"})
    void slipIsRefusedAndNamed(String text) {
        assertThat(StatusFilterText.parse(text)).isInstanceOfSatisfying(Decoded.Refused.class, refused -> {
            assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.UNSUPPORTED);
            assertThat(refused.refusal().detail()).contains("unexpectedly_unpinned").contains("queued");
        });
    }

    @Test
    void longTextIsRefused() {
        assertThat(StatusFilterText.parse("pinned,".repeat(1000))).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void everyFilterIsWrittenAsItIs() {
        RandomGenerator random = seeds.generator();
        for (int i = 0; i < 1000; i++) {
            Set<TrackerStatus> statuses = EnumSet.noneOf(TrackerStatus.class);
            for (TrackerStatus status : TrackerStatus.values()) {
                if (status != TrackerStatus.UNDEFINED && random.nextInt(3) == 0) {
                    statuses.add(status);
                }
            }
            StatusFilter filter = new StatusFilter(statuses);
            assertThat(StatusFilterText.parse(StatusFilterText.of(filter)))
                    .describedAs("%s, %s", filter, seeds)
                    .isEqualTo(Decoded.ok(filter));
        }
    }

    @Test
    void bitsAreThoseOfTheReference() {
        assertThat(TrackerStatus.PIN_ERROR.bit()).isEqualTo(4);
        assertThat(TrackerStatus.PINNED.bit()).isEqualTo(16);
        assertThat(TrackerStatus.UNEXPECTEDLY_UNPINNED.bit()).isEqualTo(4096);
        assertThat(bits("error")).isEqualTo(14);
        assertThat(bits("queued")).isEqualTo(1536);
    }

    private static int bits(String text) {
        return StatusFilterText.parse(text).orElseThrow().statuses().stream().mapToInt(TrackerStatus::bit).sum();
    }
}
