package io.pinfold.follower.removal;

import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link RemovalLog} in a file, owned by one thread with a bounded mailbox.
 *
 * <p>Calls that wait at the same time share one force. A torn tail is cut off at opening. The file is the thread's
 * alone because interrupting a thread closes the file it writes to, and the threads that ask are interrupted as a matter
 * of course.
 */
public final class FileRemovalLog implements RemovalLog {

    /** How many calls may wait for the thread; further ones block. */
    static final int MAILBOX = 64;

    private static final Logger LOG = LoggerFactory.getLogger(FileRemovalLog.class);

    private final Path path;
    private final Cid cluster;
    private final LogFile file;
    private final Semaphore places = new Semaphore(MAILBOX);
    private final Queue<Letter> mailbox = new ConcurrentLinkedQueue<>();
    private final ExecutorService owner = Executors
            .newSingleThreadExecutor(Thread.ofVirtual().name("removal-log").factory());
    private final AtomicLong records;

    /** How opening ended. */
    public sealed interface Opening {

        /** The log is open; {@code cut} bytes of a torn tail are gone. */
        record Opened(FileRemovalLog log, long cut) implements Opening {}

        /** The log cannot be used, and why, for people. */
        record Refused(String sentence) implements Opening {}
    }

    /** Records to append, or to replace everything. */
    private record Letter(boolean replace, List<RemovalRecord> records, CompletableFuture<LogOutcome> answer) {}

    private FileRemovalLog(Path path, Cid cluster, LogFile file, long records) {
        this.path = path;
        this.cluster = cluster;
        this.file = file;
        this.records = new AtomicLong(records);
    }

    /** Opens the log of {@code cluster} at {@code path}, made if it does not exist. */
    public static Opening open(Path path, Cid cluster) {
        try {
            if (!Files.exists(path)) {
                LogFile.create(path, cluster);
            }
            return switch (LogScan.kind(path, cluster)) {
                case OURS -> opened(path, cluster);
                case OTHER_CLUSTER -> new Opening.Refused(path + " belongs to another cluster");
                case FOREIGN -> new Opening.Refused(path + " is not a removal log");
            };
        } catch (IOException e) {
            return new Opening.Refused(path + " cannot be opened: " + e);
        }
    }

    private static Opening opened(Path path, Cid cluster) throws IOException {
        LogScan scan = LogScan.read(path, cluster, _ -> {});
        long cut = scan.size() - scan.good();
        if (cut > 0) {
            LOG.warn("{}: {} bytes behind {} good records are torn or damaged and cut off", path, cut, scan.records());
        }
        LogFile file = LogFile.open(path, cluster, scan.good());
        return new Opening.Opened(new FileRemovalLog(path, cluster, file, scan.records()), cut);
    }

    @Override
    public void replay(Consumer<RemovalRecord> each) {
        try {
            LogScan.read(path, cluster, each);
        } catch (IOException e) {
            throw new UncheckedIOException("the log was readable a moment ago", e);
        }
    }

    @Override
    public LogOutcome append(List<RemovalRecord> records) {
        return send(false, records).map(FileRemovalLog::await).orElseGet(FileRemovalLog::notSent);
    }

    @Override
    public void note(List<RemovalRecord> records) {
        Optional<CompletableFuture<LogOutcome>> _ = send(false, records);
    }

    @Override
    public LogOutcome compact(List<RemovalRecord> live) {
        return send(true, live).map(FileRemovalLog::await).orElseGet(FileRemovalLog::notSent);
    }

    @Override
    public long records() {
        return records.get();
    }

    @Override
    public void close() {
        owner.shutdown();
        boolean interrupted = false;
        while (!owner.isTerminated()) {
            try {
                boolean _ = owner.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("{} did not close: {}", path, e.toString());
        }
    }

    private Optional<CompletableFuture<LogOutcome>> send(boolean replace, List<RemovalRecord> records) {
        Letter letter = new Letter(replace, List.copyOf(records), new CompletableFuture<>());
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        mailbox.add(letter);
        try {
            owner.execute(this::handleMail);
            return Optional.of(letter.answer());
        } catch (RejectedExecutionException e) {
            if (mailbox.remove(letter)) {
                places.release();
            }
            return Optional.empty();
        }
    }

    private static LogOutcome await(CompletableFuture<LogOutcome> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return notSent();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static LogOutcome notSent() {
        return new LogOutcome.NotWritten("interrupted or closed");
    }

    /** Handles all letters that are there; runs once a letter, so mostly finds none. */
    private void handleMail() {
        List<Letter> appends = new ArrayList<>();
        for (Letter letter = mailbox.poll(); letter != null; letter = mailbox.poll()) {
            places.release();
            if (letter.replace()) {
                write(appends);
                appends.clear();
                rewrite(letter);
            } else {
                appends.add(letter);
            }
        }
        write(appends);
    }

    private void write(List<Letter> letters) {
        if (letters.isEmpty()) {
            return;
        }
        List<byte[]> frames = letters.stream()
                .flatMap(letter -> letter.records().stream())
                .map(RemovalFrames::encode)
                .toList();
        LogOutcome outcome = attempt(() -> {
            file.append(frames);
            records.addAndGet(frames.size());
        });
        letters.forEach(letter -> letter.answer().complete(outcome));
    }

    private void rewrite(Letter letter) {
        letter.answer().complete(attempt(() -> {
            file.rewrite(letter.records().stream().map(RemovalFrames::encode).toList());
            records.set(letter.records().size());
        }));
    }

    private LogOutcome attempt(Write write) {
        try {
            write.run();
            return new LogOutcome.Written();
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", path, e.toString());
            return new LogOutcome.NotWritten(e.toString());
        }
    }

    private interface Write {
        void run() throws IOException;
    }
}
