package io.pinfold.ipfsnode.ipns;

import io.pinfold.multiformats.Bytes;
import java.time.Duration;
import java.util.Optional;

/**
 * Somewhere that records of names may be had: a router, a gateway, a peer. Nothing that it says is believed.
 *
 * <p>Calls may come from any number of threads, block for at most the given time, and end soon when interrupted.
 */
public interface RecordSource {

    /** How people call it, without secrets. */
    String title();

    /** Whether it gives what comes to it meanwhile, so that its silence is no reason to wait when others have answered. */
    default boolean isPassive() {
        return false;
    }

    /** What it says is the newest record of {@code name}; empty if it has none or cannot be asked. */
    Optional<Bytes> latest(IpnsName name, Duration timeout);
}
