package io.pinfold.chain.store.pins;

import io.pinfold.chain.StoreFailure;
import java.time.Duration;

/** What happens to the bases of a pin store, for logs, metrics and alerts. */
public sealed interface PinStoreEvent {

    /** The store was opened, or went back, to the base at {@code height}; 0 for the empty state. */
    record BaseOpened(long height, long pins) implements PinStoreEvent {}

    /** The base at {@code height} is not used, and is removed: an older one takes its place, or a replay of the chain. */
    record BasePassedOver(long height, String reason) implements PinStoreEvent {}

    /** A new base is in use. */
    record BaseBuilt(long height, long pins, long bytes, Duration took) implements PinStoreEvent {}

    /** A base could not be built; it will be tried again. */
    record BuildFailed(StoreFailure failure) implements PinStoreEvent {}
}
