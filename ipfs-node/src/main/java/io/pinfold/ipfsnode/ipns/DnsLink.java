package io.pinfold.ipfsnode.ipns;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a domain says that it stands for: the text records {@code dnslink=/ipfs/…} or {@code dnslink=/ipns/…} of
 * {@code _dnslink.DOMAIN}, of which the first in the order of their bytes counts.
 *
 * <p>It is as trustworthy as the name server. A question that takes too long is left to end by itself, which it does by the
 * timers of whoever asks.
 *
 * @see <a href="https://dnslink.dev/">DNSLink</a>
 */
final class DnsLink {

    private static final String PREFIX = "dnslink=";
    private static final String LABEL = "_dnslink.";

    private final TextRecords records;

    DnsLink(TextRecords records) {
        this.records = records;
    }

    /** Asks the domain name system for texts; empty if there are none or nobody answers. */
    @FunctionalInterface
    interface TextRecords {
        /** The texts of {@code domain}. */
        List<String> of(String domain);
    }

    /** The path that {@code domain} links to, if a name server says so within {@code timeout}. */
    Optional<String> of(String domain, Duration timeout) {
        FutureTask<List<String>> asking = new FutureTask<>(() -> records.of(LABEL + domain));
        Thread.ofVirtual().name("dnslink").start(asking);
        try {
            return first(asking.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking for text records failed", e.getCause());
        }
    }

    private static Optional<String> first(List<String> texts) {
        return texts.stream()
                .filter(text -> text.startsWith(PREFIX + "/ipfs/") || text.startsWith(PREFIX + "/ipns/"))
                .sorted()
                .findFirst()
                .map(text -> text.substring(PREFIX.length()).strip());
    }
}
