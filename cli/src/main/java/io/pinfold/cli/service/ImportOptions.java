package io.pinfold.cli.service;

import io.pinfold.chain.core.Pin;
import io.pinfold.chain.core.Replication;
import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Values;
import io.pinfold.follower.pins.PinViews;
import io.pinfold.follower.view.PinInfo;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What an import changes in every pin; the options' names are ipfs-cluster's. */
final class ImportOptions {

    @Option(names = "--rmin", paramLabel = "N", description = "least number of peers that hold each pin, instead of what the file says")
    private int min;

    @Option(names = "--rmax", paramLabel = "N", description = "greatest number of peers that hold each pin, instead of what the file says")
    private int max;

    @Option(names = "--allocs", paramLabel = "PEER", split = ",", description = "the peers that hold each pin, instead of what the file says")
    private List<String> allocations = new ArrayList<>();

    private List<PeerId> peers = List.of();

    /** Checks what was typed. */
    void check() throws Complaint {
        List<PeerId> parsed = new ArrayList<>();
        for (String text : allocations) {
            parsed.add(Values.of("--allocs " + text, PeerId.parse(text), ServiceExit.USAGE));
        }
        peers = List.copyOf(parsed);
    }

    /** The pin that {@code info} becomes; {@code usual} where it leaves the replication to the cluster. */
    Decoded<Pin> pin(PinInfo info, Replication usual) {
        return switch (PinViews.pin(info, usual)) {
            case Decoded.Ok<Pin>(Pin pin) -> changed(pin);
            case Decoded.Refused<Pin> refused -> refused;
        };
    }

    private Decoded<Pin> changed(Pin pin) {
        try {
            Replication replication = min > 0 || max > 0
                    ? Replication.of(min > 0 ? min : pin.replication().min(), max > 0 ? max : pin.replication().max())
                    : pin.replication();
            return Decoded.ok(new Pin(pin.cid(), pin.type(), pin.name(), pin.maxDepth(), replication,
                    pin.userAllocations(), peers.isEmpty() ? pin.allocations() : peers, pin.reference(),
                    pin.expireAt(), pin.metadata(), pin.origins(), pin.pinUpdate(), pin.size()));
        } catch (IllegalArgumentException e) {
            return Decoded.refused(Refusal.Kind.MALFORMED, String.valueOf(e.getMessage()));
        }
    }
}
