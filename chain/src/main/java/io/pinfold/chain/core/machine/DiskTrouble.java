package io.pinfold.chain.core.machine;

import io.pinfold.chain.ChainAlert;
import io.pinfold.chain.StateListener;
import io.pinfold.chain.StoreException;
import io.pinfold.chain.StoreFailure;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows when the disk is full or fails: it is left alone for a while, nothing is signed, and the operator is told. */
final class DiskTrouble {

    /** How long the disk is left alone after it failed. */
    static final Duration RETRY = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(DiskTrouble.class);

    private final SigningRule rule;
    private final StateListener listener;
    private long retryMillis = Long.MIN_VALUE;

    DiskTrouble(SigningRule rule, StateListener listener) {
        this.rule = rule;
        this.listener = listener;
    }

    /** An attempt to write failed. */
    void failed(UncheckedIOException e, long nowMillis) {
        LOG.debug("the disk failed, next try in {}", RETRY, e);
        retryMillis = nowMillis + RETRY.toMillis();
        rule.diskTrouble(true);
        listener.raised(new ChainAlert.DiskTrouble(e instanceof StoreException store
                ? sentence(store.failure())
                : String.valueOf(Objects.requireNonNullElse(e.getCause(), e).getMessage())));
    }

    /** An attempt to write succeeded. */
    void over() {
        rule.diskTrouble(false);
    }

    /** From when the disk may be written to. */
    long retryMillis() {
        return retryMillis;
    }

    private static String sentence(StoreFailure failure) {
        return failure.kind() == StoreFailure.Kind.DISK_FULL ? "the disk is full" : failure.detail();
    }
}
