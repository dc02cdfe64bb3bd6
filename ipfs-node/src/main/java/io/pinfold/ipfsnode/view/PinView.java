package io.pinfold.ipfsnode.view;

import io.pinfold.ipfsnode.pins.Pin;
import io.pinfold.ipfsnode.pins.PinStatus;
import io.pinfold.multiformats.Cid;
import java.util.Optional;
import java.util.function.Consumer;

/** Pins. */
public interface PinView {

    /** How a CID stands. */
    PinStatus status(Cid cid);

    /** Hands every finished pin to {@code each}, in the order of their roots. */
    void forEach(Consumer<Pin> each);

    /**
     * Hands everything below the roots of recursive pins to {@code each}, once, as it is linked, and not what is pinned
     * recursively itself; reads every block that is pinned, as far as a walk's memory goes.
     *
     * @return whether that was all
     */
    boolean forEachIndirect(Consumer<Cid> each);

    /** A root whose recursive pin keeps {@code cid}; reads the pinned blocks until it is found, as far as a walk's memory goes. */
    Optional<Cid> keeperOf(Cid cid);
}
