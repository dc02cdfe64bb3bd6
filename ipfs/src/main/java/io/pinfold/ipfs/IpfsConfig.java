package io.pinfold.ipfs;

import java.time.Duration;

/**
 * How patient and how busy a backend is.
 *
 * @param connectTimeout for a TCP connection to the daemon; too small, and a daemon far away is never reached (5 s)
 * @param callTimeout for everything that needs no network but the daemon's own; too small, and a busy daemon looks dead (30 s)
 * @param listSilence longest time between two entries of a listing; the daemon prepares a long one for a while (2 min)
 * @param unpinTimeout for a removal, which waits for the daemon's lock; a garbage collection holds it (30 min)
 * @param longestPin for one pin in all, however well it gets on; it is tried again from where it was (24 h)
 * @param maxCalls requests at once besides pins, of those that need other nodes and of those that do not each; more wait (32)
 * @param maxPins pins being fetched at once; more wait; too many, and the daemon serves none well (32)
 * @param circuit what happens when the daemon is away
 */
public record IpfsConfig(
        Duration connectTimeout,
        Duration callTimeout,
        Duration listSilence,
        Duration unpinTimeout,
        Duration longestPin,
        int maxCalls,
        int maxPins,
        CircuitConfig circuit) {

    /** The values in parentheses above. */
    public static final IpfsConfig DEFAULT = new IpfsConfig(Duration.ofSeconds(5), Duration.ofSeconds(30),
            Duration.ofMinutes(2), Duration.ofMinutes(30), Duration.ofHours(24), 32, 32, CircuitConfig.DEFAULT);

    public IpfsConfig {
        Bounds.positive("connectTimeout", connectTimeout);
        Bounds.positive("callTimeout", callTimeout);
        Bounds.positive("listSilence", listSilence);
        Bounds.positive("unpinTimeout", unpinTimeout);
        Bounds.positive("longestPin", longestPin);
        Bounds.between("maxCalls", maxCalls, 4096);
        Bounds.between("maxPins", maxPins, 4096);
    }

    /** The same but for {@link #callTimeout}. */
    public IpfsConfig withCallTimeout(Duration value) {
        return new IpfsConfig(connectTimeout, value, listSilence, unpinTimeout, longestPin, maxCalls, maxPins, circuit);
    }

    /** The same but for {@link #listSilence}. */
    public IpfsConfig withListSilence(Duration value) {
        return new IpfsConfig(connectTimeout, callTimeout, value, unpinTimeout, longestPin, maxCalls, maxPins, circuit);
    }

    /** The same but for {@link #maxCalls} and {@link #maxPins}. */
    public IpfsConfig withMax(int calls, int pins) {
        return new IpfsConfig(connectTimeout, callTimeout, listSilence, unpinTimeout, longestPin, calls, pins, circuit);
    }

    /** The same but for {@link #circuit}. */
    public IpfsConfig withCircuit(CircuitConfig value) {
        return new IpfsConfig(connectTimeout, callTimeout, listSilence, unpinTimeout, longestPin, maxCalls, maxPins,
                value);
    }
}
