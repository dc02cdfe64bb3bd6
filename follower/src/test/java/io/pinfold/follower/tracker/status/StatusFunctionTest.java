package io.pinfold.follower.tracker.status;

import io.pinfold.follower.tracker.operation.OperationType;
import io.pinfold.follower.tracker.operation.Phase;
import io.pinfold.follower.view.TrackerStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static io.pinfold.follower.view.TrackerStatus.CLUSTER_ERROR;
import static io.pinfold.follower.view.TrackerStatus.OVER_BUDGET;
import static io.pinfold.follower.view.TrackerStatus.PINNED;
import static io.pinfold.follower.view.TrackerStatus.PINNING;
import static io.pinfold.follower.view.TrackerStatus.PIN_ERROR;
import static io.pinfold.follower.view.TrackerStatus.PIN_QUEUED;
import static io.pinfold.follower.view.TrackerStatus.REMOTE;
import static io.pinfold.follower.view.TrackerStatus.SHARDED;
import static io.pinfold.follower.view.TrackerStatus.UNEXPECTEDLY_UNPINNED;
import static io.pinfold.follower.view.TrackerStatus.UNPINNED;
import static io.pinfold.follower.view.TrackerStatus.UNPINNING;
import static io.pinfold.follower.view.TrackerStatus.UNPIN_ERROR;
import static io.pinfold.follower.view.TrackerStatus.UNPIN_QUEUED;
import static org.assertj.core.api.Assertions.assertThat;

/** The whole table: each wish, each knowledge, each work or none. */
class StatusFunctionTest {

    /** Columns: no work; PIN queued, in progress, done, error; UNPIN queued, in progress, done, error. "-" as if no work. */
    private static final Map<Wish, String> TABLE = Map.of(
            Wish.ABSENT, "UNPINNED     -          PINNING -      -         UNPIN_QUEUED UNPINNING -       UNPIN_ERROR",
            Wish.REMOTE, "REMOTE       -          PINNING -      -         UNPIN_QUEUED UNPINNING -       UNPIN_ERROR",
            Wish.OVER_BUDGET, "OVER_BUDGET -      PINNING -      -         UNPIN_QUEUED UNPINNING -       UNPIN_ERROR",
            Wish.SHARDED, "SHARDED     SHARDED    SHARDED SHARDED SHARDED  SHARDED      SHARDED   SHARDED SHARDED",
            Wish.HOLD, "?              PIN_QUEUED PINNING PINNED PIN_ERROR -            UNPINNING -       -");

    private static final Map<Knowledge, TrackerStatus> HOLD_AT_REST = Map.of(
            Knowledge.HELD, PINNED,
            Knowledge.REMEMBERED, PINNED,
            Knowledge.MISSING, UNEXPECTEDLY_UNPINNED,
            Knowledge.WAITING, PIN_QUEUED,
            Knowledge.UNCOMPARED, PIN_QUEUED,
            Knowledge.UNREADABLE, CLUSTER_ERROR);

    private static final List<Optional<StatusFunction.Work>> COLUMNS = columns();

    @Test
    void everyCombination() {
        Map<String, TrackerStatus> wrong = new HashMap<>();
        int combinations = 0;
        for (Wish wish : Wish.values()) {
            List<String> row = List.of(TABLE.getOrDefault(wish, "").split(" +", -1));
            assertThat(row).hasSameSizeAs(COLUMNS);
            for (Knowledge knowledge : Knowledge.values()) {
                TrackerStatus rest = row.getFirst().equals("?")
                        ? HOLD_AT_REST.getOrDefault(knowledge, TrackerStatus.UNDEFINED)
                        : TrackerStatus.valueOf(row.getFirst());
                for (int column = 0; column < COLUMNS.size(); column++) {
                    String text = row.get(column);
                    TrackerStatus expected = column == 0 || text.equals("-") ? rest : TrackerStatus.valueOf(text);
                    TrackerStatus actual = StatusFunction.of(wish, knowledge, COLUMNS.get(column));
                    if (actual != expected) {
                        wrong.put(wish + " " + knowledge + " " + COLUMNS.get(column) + " not " + expected, actual);
                    }
                    combinations++;
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(combinations).isEqualTo(5 * 6 * 9);
    }

    @Test
    void everyStatusOfTheReferenceCanCome() {
        EnumSet<TrackerStatus> seen = EnumSet.noneOf(TrackerStatus.class);
        for (Wish wish : Wish.values()) {
            for (Knowledge knowledge : Knowledge.values()) {
                COLUMNS.forEach(work -> seen.add(StatusFunction.of(wish, knowledge, work)));
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(CLUSTER_ERROR, PIN_ERROR, UNPIN_ERROR, PINNED, PINNING, UNPINNING,
                UNPINNED, REMOTE, PIN_QUEUED, UNPIN_QUEUED, SHARDED, UNEXPECTEDLY_UNPINNED, OVER_BUDGET);
    }

    private static List<Optional<StatusFunction.Work>> columns() {
        List<Optional<StatusFunction.Work>> columns = new ArrayList<>();
        columns.add(Optional.empty());
        for (OperationType type : OperationType.values()) {
            for (Phase phase : Phase.values()) {
                columns.add(Optional.of(new StatusFunction.Work(type, phase)));
            }
        }
        return columns;
    }
}
