package io.pinfold.ipfsnode.ipns;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest record known of each name, in memory and in a file each; what is kept is there after the process was killed.
 *
 * <p>Files that hold no valid record of the name they are called by are passed over. One thread writes, so that a newer
 * record is not replaced by an older one whose writer was slower.
 */
public final class RecordStore implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RecordStore.class);
    private static final String SUFFIX = ".ipns-record";

    private final Path folder;
    private final int most;
    private final Map<IpnsName, IpnsRecord> records = new ConcurrentHashMap<>();
    private final ExecutorService writer = Executors
            .newSingleThreadExecutor(Thread.ofVirtual().name("ipns-records").factory());

    /** What became of a record to be kept. */
    public enum Kept {
        /** It is the newest, and on disk. */
        NEWEST,
        /** One as new or newer is here. */
        NOT_NEWER,
        /** There are records of too many other names. */
        FULL,
        /** The disk failed; it is known until the process ends. */
        DISK_FAILED
    }

    private RecordStore(Path folder, int most) {
        this.folder = folder;
        this.most = most;
    }

    /** The records in {@code folder}, made if it is not there; of at most {@code most} names. */
    public static RecordStore open(Path folder, int most) throws IOException {
        SafeFile.makeFolder(folder);
        RecordStore store = new RecordStore(folder, most);
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> some = files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).limit(most).toList();
            for (Path file : some) {
                store.load(file);
            }
        }
        return store;
    }

    private void load(Path file) throws IOException {
        String text = file.getFileName().toString();
        Decoded<IpnsRecord> loaded = IpnsName.parse(text.substring(0, text.length() - SUFFIX.length()))
                .flatMap(name -> read(name, file));
        switch (loaded) {
            case Decoded.Ok<IpnsRecord>(IpnsRecord record) -> records.put(record.name(), record);
            case Decoded.Refused<IpnsRecord>(Refusal refusal) -> log.warn("{} holds no record: {}", file, refusal);
        }
    }

    private static Decoded<IpnsRecord> read(IpnsName name, Path file) {
        try {
            return IpnsRecord.verify(name, SafeFile.read(file, IpnsRecord.MAX_BYTES));
        } catch (IOException e) {
            return Decoded.refused(Refusal.Kind.TRUNCATED, e.toString());
        }
    }

    /** The newest record of {@code name}, which may have expired. */
    public Optional<IpnsRecord> find(IpnsName name) {
        return Optional.ofNullable(records.get(name));
    }

    /** The names that a record is kept of. */
    public Set<IpnsName> names() {
        return Set.copyOf(records.keySet());
    }

    /** Keeps {@code record} if it is the newest of its name, and returns when it is on disk. */
    public Kept keep(IpnsRecord record) {
        if (records.size() >= most && !records.containsKey(record.name())) {
            return Kept.FULL;
        }
        IpnsRecord old = records.putIfAbsent(record.name(), record);
        while (old != null) {
            if (!record.isNewerThan(old)) {
                return Kept.NOT_NEWER;
            }
            old = records.replace(record.name(), old, record) ? null : records.get(record.name());
        }
        return onDisk(() -> write(record.name())) ? Kept.NEWEST : Kept.DISK_FAILED;
    }

    /** Forgets the records that {@code unwanted} is true for. */
    public void forget(Predicate<IpnsRecord> unwanted) {
        List<IpnsName> gone = records.values().stream().filter(unwanted).map(IpnsRecord::name).toList();
        gone.forEach(records::remove);
        onDisk(() -> {
            for (IpnsName name : gone) {
                write(name);
            }
        });
    }

    private void write(IpnsName name) throws IOException {
        IpnsRecord record = records.get(name);
        if (record == null) {
            Files.deleteIfExists(folder.resolve(name + SUFFIX));
        } else {
            SafeFile.write(folder, name + SUFFIX, record.encoded());
        }
    }

    private interface DiskWork {
        void run() throws IOException;
    }

    private boolean onDisk(DiskWork work) {
        Future<?> task = writer.submit(() -> {
            work.run();
            return null;
        });
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    task.get();
                    return true;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    log.warn("a record cannot be written in {}: {}", folder, String.valueOf(e.getCause()));
                    return false;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
