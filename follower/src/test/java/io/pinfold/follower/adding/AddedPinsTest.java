package io.pinfold.follower.adding;

import io.pinfold.chain.core.Replication;
import io.pinfold.follower.tracker.PinNames;
import io.pinfold.follower.view.AddRequest;
import io.pinfold.follower.view.AddRequest.Goal;
import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.PinOptions;
import io.pinfold.follower.view.PinRequest;
import io.pinfold.follower.view.Upload;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.StatusOutcome;
import io.pinfold.ipfs.testing.Operation;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What of an upload is kept, by whom, and what failures leave. */
class AddedPinsTest extends NodeAddingFixture {

    @Test
    void pinIsAskedForWithAllOptionsAndThisPeerHolds() {
        usual = Replication.of(2, 3);
        PinOptions wished = options(List.of(), io.pinfold.follower.view.Replication.DEFAULT);
        Cid root = root(add(request(cluster(wished), false), upload(file("a", "1"))));
        PinRequest pin = asked.getFirst();
        assertThat(pin.idempotencyKey()).contains("key");
        assertThat(pin.options().name()).isEqualTo("name");
        assertThat(pin.options().metadata()).isEqualTo(wished.metadata());
        assertThat(pin.options().userAllocations()).containsExactly(SELF);
        assertThat(pin.options().pinUpdate()).isEmpty();
        assertThat(node.pins().get(root))
                .isEqualTo(new StatusOutcome.Pinned(PinDepth.Kind.RECURSIVE, PinNames.of(CLUSTER, "name")));
    }

    @Test
    void holdersThatTheUserNamesAreLeftAndTheCopyHereStaysUntouched() {
        PinOptions wished = options(List.of(OTHER), io.pinfold.follower.view.Replication.between(1, 1));
        Cid root = root(add(request(cluster(wished), false), upload(file("a", "1"))));
        assertThat(asked.getFirst().options().userAllocations()).containsExactly(OTHER);
        assertThat(Objects.requireNonNull(node.pins().get(root)).name()).startsWith(Keeping.OWN)
                .doesNotStartWith(PinNames.mark(CLUSTER));
    }

    @Test
    void pinEverywhereNamesNobody() {
        root(add(request(cluster(PinOptions.DEFAULT), false), upload(file("a", "1"))));
        assertThat(asked.getFirst().options().userAllocations()).isEmpty();
    }

    @Test
    void refusedPinLeavesNothingPinned() {
        refusal = Optional.of(new Failure.Busy("intake", 5));
        assertThat(failure(add(request(cluster(PinOptions.DEFAULT), false), upload(file("a", "1")))))
                .isEqualTo(refusal.get());
        assertThat(node.pins()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void refusedPinOfWhatWasPinnedBeforeLeavesThat() {
        root(add(request(cluster(PinOptions.DEFAULT), false), upload(file("a", "1"))));
        refusal = Optional.of(new Failure.Busy("intake", 5));
        failure(add(request(cluster(PinOptions.DEFAULT), false), upload(file("a", "1"))));
        assertThat(node.pins()).hasSize(1);
    }

    @Test
    void goalsBesideTheClusterAskForNoPin() {
        Cid kept = root(add(request(new Goal.Node("mine"), false), upload(file("a", "1"))));
        assertThat(node.pins()).containsOnlyKeys(kept);
        assertThat(Objects.requireNonNull(node.pins().get(kept)).name()).isEqualTo("mine");
        Cid loose = root(add(request(new Goal.Nothing(), false), upload(file("a", "2"), file("b", "3"))));
        assertThat(node.pins()).doesNotContainKey(loose);
        assertThat(asked).isEmpty();
        hindrance = Optional.of(new Failure.NotAWriter(Failure.NotAWriter.Why.KEY_NOT_TRUSTED));
        root(add(request(new Goal.Node("mine"), false), upload(file("a", "4"), file("a", "5"))));
        assertThat(node.pins()).hasSize(3);
    }

    @Test
    void peerThatMayNotPinTakesNothing() {
        hindrance = Optional.of(new Failure.NotAWriter(Failure.NotAWriter.Why.KEY_NOT_TRUSTED));
        assertThat(failure(add(request(cluster(PinOptions.DEFAULT), false), () -> {
            throw new AssertionError("it was read");
        }))).isEqualTo(hindrance.get());
        assertThat(node.calls()).isEmpty();
    }

    @Test
    void failuresOfNodeAndUploadLeaveNoPin() {
        Goal goal = cluster(PinOptions.DEFAULT);
        node.faults().fail(Operation.CONTENT, Kind.FULL);
        assertThat(failure(add(request(goal, false), upload(file("a", "1"))))).isInstanceOf(Failure.NotStored.class);
        node.faults().fail(Operation.CONTENT, Kind.UNREACHABLE);
        assertThat(failure(add(request(goal, false), upload(file("a", "1"))))).isInstanceOf(Failure.BackendAway.class);
        node.faults().clear();
        Upload broken = () -> {
            throw new IOException("gone");
        };
        assertThat(failure(add(request(goal, false), broken)).sentence()).contains("gone");
        assertThatThrownBy(() -> new NodeAdding(node, new Keeping(node, this, CLUSTER, SELF, usual), () -> hindrance)
                .add(request(goal, true), upload(file("a", "1")), _ -> {
                    throw new IllegalStateException("nobody listens");
                })).hasMessage("nobody listens");
        assertThat(node.pins()).isEmpty();
        assertThat(node.calls().stream().filter("end of import"::equals)).as("imports that were begun").hasSize(2);
    }

    /** Each upload begins another while it is under way. */
    @Test
    void uploadsAtOnceAreBounded() {
        NodeAdding adding = new NodeAdding(node, new Keeping(node, this, CLUSTER, SELF, usual), () -> hindrance);
        AddRequest request = request(new Goal.Node("mine"), true);
        List<Answer<List<Cid>>> answers = new ArrayList<>();
        nested(adding, request, answers, NodeAdding.MAX_UPLOADS + 1);
        assertThat(failure(answers.getFirst())).isInstanceOf(Failure.Busy.class);
        assertThat(answers.subList(1, answers.size())).hasSize(NodeAdding.MAX_UPLOADS)
                .allSatisfy(NodeAddingFixture::root);
        assertThat(adding.hindrance(request)).isEmpty();
    }

    private static void nested(NodeAdding adding, AddRequest request, List<Answer<List<Cid>>> answers, int depth) {
        Deque<Upload.Entry> left = new ArrayDeque<>(List.of(file("a", "1")));
        answers.add(adding.add(request, () -> {
            if (left.size() == 1 && depth > 1) {
                nested(adding, request, answers, depth - 1);
            }
            return Optional.ofNullable(left.poll());
        }, _ -> {}));
    }
}
