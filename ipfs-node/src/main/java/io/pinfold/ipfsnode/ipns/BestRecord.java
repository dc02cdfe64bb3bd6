package io.pinfold.ipfsnode.ipns;

import io.pinfold.libp2p.limit.Threads;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks many sources at once for the record of a name and takes the newest of what they give.
 *
 * <p>Once a valid record is there, the others have {@link #GRACE} to give a newer one. Sources that have not answered by then
 * are interrupted; {@link #close} waits for them.
 */
final class BestRecord implements AutoCloseable {

    /** How long a newer record is waited for when there is one. */
    static final Duration GRACE = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(BestRecord.class);

    private final InstantSource clock;
    private final Set<Thread> askers = ConcurrentHashMap.newKeySet();

    BestRecord(InstantSource clock) {
        this.clock = clock;
    }

    /** What one source said. */
    private record Said(RecordSource source, Optional<Bytes> record) {}

    /** The newest record, which may have expired; empty if there was none, or the thread was interrupted. */
    Optional<IpnsRecord> ask(IpnsName name, List<RecordSource> sources, Duration timeout) {
        BlockingQueue<Said> said = new LinkedBlockingQueue<>();
        List<Thread> mine = sources.stream().map(source -> start(name, source, timeout, said)).toList();
        try {
            return newest(name, sources, timeout, said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            mine.forEach(Thread::interrupt);
        }
    }

    private Thread start(IpnsName name, RecordSource source, Duration timeout, BlockingQueue<Said> said) {
        Thread thread = Thread.ofVirtual().name("ipns-ask").unstarted(() -> {
            Optional<Bytes> answer = Optional.empty();
            try {
                answer = source.latest(name, timeout);
            } catch (RuntimeException e) {
                log.error("asking {} for {} failed", source.title(), name, e);
            } finally {
                said.add(new Said(source, answer));
                askers.remove(Thread.currentThread());
            }
        });
        askers.add(thread);
        thread.start();
        return thread;
    }

    private Optional<IpnsRecord> newest(IpnsName name, List<RecordSource> sources, Duration timeout,
            BlockingQueue<Said> said) throws InterruptedException {
        Optional<IpnsRecord> best = Optional.empty();
        long end = System.nanoTime() + timeout.toNanos();
        long active = sources.stream().filter(source -> !source.isPassive()).count();
        for (int i = 0; i < sources.size() && !(active == 0 && isValid(best)); i++) {
            Said one = said.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (one == null) {
                break;
            }
            active -= one.source().isPassive() ? 0 : 1;
            Optional<IpnsRecord> record = one.record().flatMap(encoded -> verified(name, encoded, one.source()));
            Optional<IpnsRecord> before = best;
            if (record.isPresent() && before.filter(old -> !record.get().isNewerThan(old)).isEmpty()) {
                best = record;
            }
            if (isValid(best) && !isValid(before)) {
                end = Math.min(end, System.nanoTime() + GRACE.toNanos());
            }
        }
        return best;
    }

    private boolean isValid(Optional<IpnsRecord> record) {
        return record.filter(found -> found.isValid(clock)).isPresent();
    }

    private static Optional<IpnsRecord> verified(IpnsName name, Bytes encoded, RecordSource source) {
        return switch (IpnsRecord.verify(name, encoded)) {
            case Decoded.Ok<IpnsRecord>(IpnsRecord record) -> Optional.of(record);
            case Decoded.Refused<IpnsRecord>(Refusal refusal) -> {
                log.info("{} gave a bad record of {}: {}", source.title(), name, refusal);
                yield Optional.empty();
            }
        };
    }

    @Override
    public void close() {
        askers.forEach(Thread::interrupt);
        List.copyOf(askers).forEach(Threads::join);
    }
}
