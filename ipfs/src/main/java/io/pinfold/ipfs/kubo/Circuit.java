package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.CircuitConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds calls back while the daemon is away: closed it lets all through; after so many failures in a row it is open and lets
 * none through but one after each pause.
 *
 * <p>Pauses double from the first to the longest, each shortened at random by up to half, so that many peers do not try at
 * the same instant. An answer of any kind closes it. Safe for use by many threads.
 */
final class Circuit {

    private static final Logger LOG = LoggerFactory.getLogger(Circuit.class);

    private final String name;
    private final CircuitConfig config;
    private final InstantSource time;
    private final RandomGenerator random;
    private int failures;
    private boolean probing;
    private Instant nextTry = Instant.MIN;

    Circuit(String name, CircuitConfig config, InstantSource time, RandomGenerator random) {
        this.name = name;
        this.config = config;
        this.time = time;
        this.random = random;
    }

    /** Lets a call through, or says why not; one that was let through ends in exactly one of the methods below. */
    synchronized Optional<BackendFailure> admit() {
        if (failures < config.failures()) {
            return Optional.empty();
        }
        if (probing || time.instant().isBefore(nextTry)) {
            return Optional.of(new BackendFailure(BackendFailure.Kind.UNREACHABLE,
                    name + " did not answer " + failures + " times; calls wait for it to be back"));
        }
        probing = true;
        return Optional.empty();
    }

    /** A call was answered. */
    synchronized void answered() {
        if (failures >= config.failures()) {
            LOG.info("{} answers again", name);
        }
        failures = 0;
        probing = false;
    }

    /** A call got no answer. */
    synchronized void unanswered() {
        failures++;
        probing = false;
        if (failures == config.failures()) {
            LOG.warn("{} does not answer; trying again from time to time", name);
        }
        if (failures >= config.failures()) {
            nextTry = time.instant().plus(pause(failures - config.failures()));
        }
    }

    /** A call was called off by its caller, which says nothing about the daemon. */
    synchronized void calledOff() {
        probing = false;
    }

    private Duration pause(int doublings) {
        long longest = config.longestPause().toMillis();
        long full = doublings > 30 ? longest : Math.min(longest, config.firstPause().toMillis() << doublings);
        return Duration.ofMillis(full - random.nextLong(full / 2 + 1));
    }
}
