package io.pinfold.follower.pins;

import io.pinfold.chain.core.Genesis;
import io.pinfold.chain.core.Pin;
import io.pinfold.chain.core.PinType;
import io.pinfold.chain.core.Replication;
import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.PinMode;
import io.pinfold.follower.view.PinOptions;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.Function;

/** Makes the pin that a user asks for, by the rules of ipfs-cluster (reference, section 7.1), or says why not. */
final class PinMaker {

    private final Genesis genesis;
    private final Function<Cid, Optional<Pin>> pinset;

    /** A maker for the cluster {@code genesis}, whose present pins {@code pinset} gives. */
    PinMaker(Genesis genesis, Function<Cid, Optional<Pin>> pinset) {
        this.genesis = genesis;
        this.pinset = pinset;
    }

    /** The pin of {@code cid} with {@code options}, to be held by some of {@code members}. */
    Answer<Pin> make(Cid cid, PinOptions options, Collection<PeerId> members, Instant now) {
        if (options.expireAt().filter(time -> !time.isAfter(now)).isPresent()) {
            return invalid("expire-at", "it is not in the future");
        }
        Optional<Pin> present = pinset.apply(cid);
        if (present.isPresent() && present.get().type() != PinType.DATA) {
            return invalid("cid", "it is pinned as " + present.get().type().text() + ", which cannot be changed");
        }
        if (options.mode() == PinMode.DIRECT && present.filter(pin -> pin.maxDepth() != 0).isPresent()) {
            return invalid("mode", "it is pinned recursively, and cannot be made direct; unpin it first");
        }
        if (options.pinUpdate().isPresent()) {
            return update(cid, options.pinUpdate().get(), options);
        }
        return switch (replication(options.replication())) {
            case Answer.Done<Replication>(Replication replication) -> allocate(cid, options, replication, members);
            case Answer.Failed<Replication> failed -> failed.as();
        };
    }

    private Answer<Pin> allocate(Cid cid, PinOptions options, Replication replication, Collection<PeerId> members) {
        return RendezvousChoice.of(cid, replication, options.userAllocations(), members)
                .map(allocations -> Answer.done(pin(cid, options, replication, allocations)))
                .orElseGet(() -> invalid("replication", "not enough peers to allocate " + cid + ": at least "
                        + replication.min() + " are needed, " + members.size() + " are there"));
    }

    private static Pin pin(Cid cid, PinOptions options, Replication replication, List<PeerId> allocations) {
        return new Pin(cid, PinType.DATA, options.name(), options.mode() == PinMode.DIRECT ? 0 : -1, replication,
                options.userAllocations(), allocations, Optional.empty(), millis(options.expireAt()),
                options.metadata(),
                options.origins(), Optional.empty(), OptionalLong.empty());
    }

    /** As the reference has it: everything is taken from the old pin, but a name and an expiry that are given. */
    private Answer<Pin> update(Cid cid, Cid from, PinOptions options) {
        Optional<Pin> old = pinset.apply(from);
        if (old.isEmpty()) {
            return Answer.failed(new Failure.NotInPinset(from));
        }
        Pin pin = old.get();
        if (pin.type() != PinType.DATA) {
            return invalid("pin-update", from + " is pinned as " + pin.type().text());
        }
        String name = options.name().isEmpty() ? pin.name() : options.name();
        Optional<Instant> expiry = options.expireAt().isPresent() ? millis(options.expireAt()) : pin.expireAt();
        SortedMap<String, String> metadata = pin.metadata();
        return Answer.done(new Pin(cid, PinType.DATA, name, pin.maxDepth(), pin.replication(), pin.userAllocations(),
                pin.allocations(), pin.reference(), expiry, metadata, pin.origins(), Optional.of(from),
                OptionalLong.empty()));
    }

    private Answer<Replication> replication(io.pinfold.follower.view.Replication asked) {
        if (asked.percent().isPresent()) {
            return Answer.done(Replication.percent(asked.percent().getAsInt()));
        }
        int min = asked.min() == 0 ? genesis.defaultReplication().min() : asked.min();
        int max = asked.max() == 0 ? genesis.defaultReplication().max() : asked.max();
        if ((min == -1) != (max == -1)) {
            return invalid("replication", "if one factor is -1, both must be: " + min + " and " + max);
        }
        if (min > max) {
            return invalid("replication", "the least factor, " + min + ", is above the greatest, " + max);
        }
        return Answer.done(Replication.of(min, max));
    }

    private static Optional<Instant> millis(Optional<Instant> time) {
        return time.map(instant -> instant.truncatedTo(ChronoUnit.MILLIS));
    }

    private static <T> Answer<T> invalid(String field, String why) {
        return Answer.failed(new Failure.Invalid(field, why));
    }
}
