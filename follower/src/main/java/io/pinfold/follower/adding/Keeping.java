package io.pinfold.follower.adding;

import io.pinfold.chain.core.Replication;
import io.pinfold.follower.tracker.PinNames;
import io.pinfold.follower.view.Accepted;
import io.pinfold.follower.view.AddRequest.Goal;
import io.pinfold.follower.view.Added;
import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.PinOperations;
import io.pinfold.follower.view.PinOptions;
import io.pinfold.follower.view.PinRequest;
import io.pinfold.follower.view.PinSubject;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BlockImport;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.ipfs.StatusOutcome;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Has the roots of an import kept: by a pin at this peer's node, and then by one in the pinset.
 *
 * <p>The pin at the node is the one that the tracker would make, which takes it over. Where the user names other holders than this
 * peer, the node's pin has a name that the tracker does not know: it is the only copy at first, so it stays until the node's owner
 * removes it.
 *
 * @param self is preferred as a holder if the user names none
 * @param usual how many hold a pin whose options do not say it
 */
public record Keeping(IpfsNode node, PinOperations pins, Cid cluster, PeerId self, Replication usual) {

    /** What the names of pins begin with that the tracker is to leave alone. */
    static final String OWN = "added/";

    Answer<List<Added.Entry>> keep(BlockImport open, Goal goal, List<Added.Entry> roots) {
        List<Added.Entry> kept = new ArrayList<>();
        for (Added.Entry root : roots) {
            Answer<Added.Entry> one = switch (goal) {
                case Goal.Node(String name) -> atNode(open, root, name);
                case Goal.Cluster cluster -> inCluster(open, root, cluster);
                case Goal.Nothing _ -> Answer.done(root);
            };
            switch (one) {
                case Answer.Failed<Added.Entry> failed -> {
                    return failed.as();
                }
                case Answer.Done<Added.Entry>(Added.Entry entry) -> kept.add(entry);
            }
        }
        return Answer.done(kept);
    }

    /** The same where no peer runs. */
    static Answer<List<Added.Entry>> atNodeOnly(BlockImport open, Goal goal, List<Added.Entry> roots) {
        return switch (goal) {
            case Goal.Cluster _ -> Answer.failed(new Failure.NotReady("it does not run"));
            case Goal.Nothing _ -> Answer.done(roots);
            case Goal.Node(String name) -> {
                for (Added.Entry root : roots) {
                    if (atNode(open, root, name) instanceof Answer.Failed<Added.Entry> failed) {
                        yield failed.as();
                    }
                }
                yield Answer.done(roots);
            }
        };
    }

    private static Answer<Added.Entry> atNode(BlockImport open, Added.Entry root, String name) {
        return switch (open.keep(root.cid(), name)) {
            case io.pinfold.ipfs.Answer.Got<Cid> _ -> Answer.done(root);
            case io.pinfold.ipfs.Answer.Failed<Cid>(BackendFailure failure) -> Answer.failed(of(failure));
        };
    }

    private Answer<Added.Entry> inCluster(BlockImport open, Added.Entry root, Goal.Cluster goal) {
        PinOptions options = withHolder(goal.options());
        String name = isHolder(options) ? PinNames.of(cluster, options.name()) : OWN + PinNames.of(cluster, "");
        boolean pinnedBefore = node.status(root.cid()) instanceof StatusOutcome.Pinned;
        return switch (atNode(open, root, name)) {
            case Answer.Failed<Added.Entry> failed -> failed;
            case Answer.Done<Added.Entry> _ -> {
                PinSubject subject = new PinSubject.ByCid(root.cid());
                yield switch (pins.pin(new PinRequest(subject, options, goal.idempotencyKey()))) {
                    case Answer.Failed<Accepted> failed -> {
                        if (!pinnedBefore) {
                            node.unpin(root.cid(), name);
                        }
                        yield failed.as();
                    }
                    case Answer.Done<Accepted>(Accepted(var pin, _)) ->
                        Answer.done(new Added.Entry(root.name(), root.cid(), root.size(), pin.allocations()));
                };
            }
        };
    }

    /** The options with this peer as a holder if some are to be chosen; an update of another pin has no meaning here. */
    private PinOptions withHolder(PinOptions asked) {
        boolean choose = asked.userAllocations().isEmpty() && isLimited(asked);
        return new PinOptions(asked.name(), asked.mode(), asked.replication(), 0,
                choose ? List.of(self) : asked.userAllocations(), asked.expireAt(), asked.metadata(), Optional.empty(),
                asked.origins());
    }

    private boolean isHolder(PinOptions options) {
        return options.userAllocations().contains(self) || !isLimited(options);
    }

    /** Whether only some members are to hold the pin. */
    private boolean isLimited(PinOptions options) {
        int max = options.replication().max();
        return options.replication().percent().isEmpty() && (max == 0 ? usual.max() : max) > 0;
    }

    static Failure of(BackendFailure failure) {
        return failure.kind() == BackendFailure.Kind.UNREACHABLE
                ? new Failure.BackendAway(failure.detail())
                : new Failure.NotStored(failure.detail());
    }
}
