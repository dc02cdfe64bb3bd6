package io.pinfold.follower.tracker;

import io.pinfold.follower.removal.RemovalGuardConfig;
import io.pinfold.follower.tracker.operation.RetryDelay;
import java.time.Duration;

/**
 * How the tracker works.
 *
 * @param work workers and queues
 * @param retry waits between the attempts of one operation
 * @param compare comparing pinset and backend
 * @param backend watching whether the backend answers
 * @param removal when removals may happen
 */
public record TrackerConfig(Work work, RetryDelay retry, Compare compare, Backend backend, Removal removal) {

    /** What suits a volunteer's machine and a pinset of up to a few million pins. */
    public static final TrackerConfig DEFAULT = new TrackerConfig(Work.DEFAULT,
            new RetryDelay(Duration.ofSeconds(10), Duration.ofMinutes(30), 0.2), Compare.DEFAULT, Backend.DEFAULT,
            Removal.DEFAULT);

    /**
     * Workers and queues.
     *
     * @param concurrentPins pins running at once; 8 to 20 suit Kubo, hundreds make it slower
     * @param concurrentUnpins unpins running at once, beside the pins
     * @param queueBound operations in each of the three queues of pins and of unpins; more wait for the reconciler
     * @param errorBound failed operations remembered; those beyond wait for the reconciler without their history
     * @param pinTimeout longest time that a pin may go without a new block
     * @param firstPinTimeout the same for a first attempt, doubled for each further one: short, so that many things that
     *            cannot be had pass quickly
     * @param recentAge pins younger than this go before older ones
     * @param quiet pins start when the pinset has not changed for so long, so that a burst of changes reaches the state first
     */
    public record Work(int concurrentPins, int concurrentUnpins, int queueBound, int errorBound, Duration pinTimeout,
            Duration firstPinTimeout, Duration recentAge, Duration quiet) {

        /** 10 pins, 2 unpins, 50,000 a queue, 50,000 errors, 2 min, 20 s at first, 24 h, 100 ms. */
        public static final Work DEFAULT = new Work(10, 2, 50_000, 50_000, Duration.ofMinutes(2),
                Duration.ofSeconds(20), Duration.ofHours(24), Duration.ofMillis(100));

        public Work {
            ConfigRule.require(concurrentPins >= 1 && concurrentPins <= 1000, "concurrent_pins must be from 1 to 1000");
            ConfigRule.require(concurrentUnpins >= 1 && concurrentUnpins <= 100,
                    "concurrent_unpins must be from 1 to 100");
            ConfigRule.require(queueBound >= 1, "max_pin_queue_size must be at least 1");
            ConfigRule.require(errorBound >= 1, "max_errors must be at least 1");
            ConfigRule.require(firstPinTimeout.isPositive(), "first_pin_timeout must be above 0");
            ConfigRule.require(pinTimeout.compareTo(firstPinTimeout) >= 0,
                    "pin_timeout must be at least first_pin_timeout");
            ConfigRule.require(!recentAge.isNegative(), "recent_age must not be negative");
            ConfigRule.require(!quiet.isNegative(), "the quiet before pins must not be negative");
        }

        /** How long the attempt of that number, from 1, may go without a new block. */
        public Duration stallTimeout(int attempt) {
            Duration doubled = firstPinTimeout.multipliedBy(1L << Math.min(attempt - 1, 20));
            return doubled.compareTo(pinTimeout) < 0 ? doubled : pinTimeout;
        }
    }

    /**
     * Comparing pinset and backend.
     *
     * @param interval from the end of one comparison to the next; each asks the backend for all its pins
     * @param retry waits after comparisons that failed
     * @param listStall longest time without a listed pin
     * @param statusDeadline how long a status of one CID may wait for the backend
     * @param markChecks unknown pins whose name is asked for after each comparison, to find our own among them
     * @param missingBound missing pins remembered beside the queue, 8 to 32 bytes each
     * @param sortBytes memory for sorting, in each of two sorters
     * @param spillBytes disk for sorting, in each of two sorters
     */
    public record Compare(Duration interval, RetryDelay retry, Duration listStall, Duration statusDeadline,
            int markChecks, int missingBound, int sortBytes, long spillBytes) {

        /** 10 min; 5 s to 10 min; 5 min; 2 s; 1,000; 4 million; 8 MiB; 16 GiB. */
        public static final Compare DEFAULT = new Compare(Duration.ofMinutes(10),
                new RetryDelay(Duration.ofSeconds(5), Duration.ofMinutes(10), 0.2), Duration.ofMinutes(5),
                Duration.ofSeconds(2), 1000, 4_000_000, 8 << 20, 16L << 30);

        public Compare {
            ConfigRule.require(interval.isPositive(), "reconcile_interval must be above 0");
            ConfigRule.require(listStall.isPositive(), "list_timeout must be above 0");
            ConfigRule.require(statusDeadline.isPositive(), "status_timeout must be above 0");
            ConfigRule.require(markChecks >= 1, "mark_checks must be at least 1");
            ConfigRule.require(missingBound >= 1, "max_missing must be at least 1");
            ConfigRule.require(sortBytes >= 1024, "sort_memory must be at least 1 KiB");
            ConfigRule.require(spillBytes >= 0, "sort_disk must not be negative");
        }
    }

    /**
     * Watching whether the backend answers.
     *
     * @param probe waits between questions to a backend that does not answer
     * @param idle time without an answer after which a backend is asked whether it is there
     */
    public record Backend(RetryDelay probe, Duration idle) {

        /** 1 s to 1 min; 30 s. */
        public static final Backend DEFAULT = new Backend(
                new RetryDelay(Duration.ofSeconds(1), Duration.ofMinutes(1), 0.2), Duration.ofSeconds(30));

        public Backend {
            ConfigRule.require(idle.isPositive(), "probe_interval must be above 0");
        }
    }

    /**
     * Removals.
     *
     * @param guard when they may happen
     * @param interval how often the guard is asked at least, while some wait
     * @param bound removals remembered, about 250 bytes each; above it all are taken for a mass
     */
    public record Removal(RemovalGuardConfig guard, Duration interval, int bound) {

        /** The guard's defaults; 5 s; 200,000. */
        public static final Removal DEFAULT = new Removal(RemovalGuardConfig.DEFAULT, Duration.ofSeconds(5), 200_000);

        public Removal {
            ConfigRule.require(interval.isPositive(), "removal_interval must be above 0");
            ConfigRule.require(bound >= 1, "max_removals must be at least 1");
        }
    }
}
