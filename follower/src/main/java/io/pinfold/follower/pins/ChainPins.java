package io.pinfold.follower.pins;

import io.pinfold.chain.PinStore;
import io.pinfold.chain.PinView;
import io.pinfold.chain.core.Genesis;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.OperationId;
import io.pinfold.chain.core.Pin;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.core.intake.Intake;
import io.pinfold.chain.core.intake.Submission;
import io.pinfold.follower.view.Accepted;
import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.PinInfo;
import io.pinfold.follower.view.PinOperations;
import io.pinfold.follower.view.PinRequest;
import io.pinfold.follower.view.PinSubject;
import io.pinfold.follower.view.PinType;
import io.pinfold.follower.view.UnpinRequest;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The pinset on the chain: changes go into the intake, which makes them durable before this answers; reads see the state and,
 * for a single CID, what was acknowledged since.
 */
public final class ChainPins implements PinOperations {

    private static final Duration RESOLVE_TIMEOUT = Duration.ofSeconds(30);

    private final Intake intake;
    private final PinStore state;
    private final IpfsNode node;
    private final InstantSource clock;
    private final PinMaker maker;
    private final Supplier<? extends Collection<PeerId>> members;
    private final Supplier<Optional<Failure.NotAWriter>> hindrance;

    /**
     * Operations on {@code intake} and {@code state}.
     *
     * @param node resolves paths
     * @param members who may be given a pin to hold
     * @param hindrance why this peer cannot take changes, if it cannot
     */
    public ChainPins(Genesis genesis, Intake intake, PinStore state, IpfsNode node, InstantSource clock,
            Supplier<? extends Collection<PeerId>> members, Supplier<Optional<Failure.NotAWriter>> hindrance) {
        this.intake = intake;
        this.state = state;
        this.node = node;
        this.clock = clock;
        this.members = members;
        this.hindrance = hindrance;
        this.maker = new PinMaker(genesis, new PresentPins(intake, state)::get);
    }

    @Override
    public Answer<Accepted> pin(PinRequest request) {
        return whenAllowed(request.subject(), cid -> {
            Instant now = clock.instant();
            return switch (maker.make(cid, request.options(), members.get(), now)) {
                case Answer.Failed<Pin> failed -> failed.as();
                case Answer.Done<Pin>(Pin pin) ->
                    submit(new LogOp.PinOp(pin), request.idempotencyKey(), PinViews.info(pin, now));
            };
        });
    }

    @Override
    public Answer<Accepted> unpin(UnpinRequest request) {
        return whenAllowed(request.subject(), cid -> switch (get(cid)) {
            case Answer.Failed<PinInfo> failed -> failed.as();
            case Answer.Done<PinInfo>(PinInfo pin) -> submit(new LogOp.UnpinOp(cid), request.idempotencyKey(), pin);
        });
    }

    @Override
    public Answer<PinInfo> get(Cid cid) {
        Optional<PinInfo> info = switch (intake.newest(cid).orElse(null)) {
            case LogOp.PinOp(Pin pin) -> Optional.of(PinViews.info(pin, clock.instant()));
            case LogOp.UnpinOp _ -> Optional.empty();
            case null, default -> state.get(cid).map(PinViews::info);
        };
        return info.map(Answer::done).orElseGet(() -> Answer.failed(new Failure.NotInPinset(cid)));
    }

    @Override
    public Answer<Long> list(Set<PinType> types, Consumer<? super PinInfo> each) {
        long count = 0;
        try (PinView view = state.view()) {
            Iterator<PinEntry> entries = view.entries().iterator();
            while (entries.hasNext()) {
                PinEntry entry = entries.next();
                if (types.isEmpty() || types.contains(PinViews.type(entry.pin().type()))) {
                    each.accept(PinViews.info(entry));
                    count++;
                }
            }
        }
        return Answer.done(count);
    }

    private Answer<Accepted> whenAllowed(PinSubject subject,
            java.util.function.Function<Cid, Answer<Accepted>> change) {
        Optional<Failure.NotAWriter> why = hindrance.get();
        if (why.isPresent()) {
            return Answer.failed(why.get());
        }
        return switch (resolve(subject)) {
            case Answer.Failed<Cid> failed -> failed.as();
            case Answer.Done<Cid>(Cid cid) -> change.apply(cid);
        };
    }

    private Answer<Cid> resolve(PinSubject subject) {
        return switch (subject) {
            case PinSubject.ByCid(Cid cid) -> Answer.done(cid);
            case PinSubject.ByPath(String path) -> switch (node.resolve(path, RESOLVE_TIMEOUT)) {
                case io.pinfold.ipfs.Answer.Got<Cid>(Cid cid) -> Answer.done(cid);
                case io.pinfold.ipfs.Answer.Failed<Cid>(BackendFailure failure) ->
                    failure.kind() == BackendFailure.Kind.UNREACHABLE
                            ? Answer.failed(new Failure.BackendAway(failure.detail()))
                            : Answer.failed(new Failure.Unresolved(path, failure.detail()));
            };
        };
    }

    private Answer<Accepted> submit(LogOp op, Optional<String> key, PinInfo pin) {
        return switch (intake.submit(op, key, clock.millis())) {
            case Submission.Accepted(OperationId id, _) ->
                Answer.done(new Accepted(pin, new Accepted.Operation(id.author(), id.seq(), id.index())));
            case Submission.Refused(Submission.Reason reason, String detail) -> Answer.failed(switch (reason) {
                case BUSY -> new Failure.Busy("intake", Intake.MAX_OPS);
                case TOO_LARGE -> new Failure.Invalid("pin", detail);
                case NOT_ACTIVE -> new Failure.Unsupported(detail);
                case NOT_A_PUBLISHER -> new Failure.NotAWriter(Failure.NotAWriter.Why.KEY_NOT_TRUSTED);
                case CLOSED -> new Failure.NotReady(detail);
                case DISK -> new Failure.NotReady(detail);
            });
        };
    }
}
