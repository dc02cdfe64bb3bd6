package io.pinfold.trust;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.cbor.CborFields;
import io.pinfold.multiformats.cbor.CborLimits;
import io.pinfold.multiformats.cbor.CborMapBuilder;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of the guard log that keeps pending removals: without a durable record here nothing is unpinned.
 *
 * <p>It is a file of its own, since another thread writes it. For one thread at a time; what was given to a method is
 * durable when it returns. A damaged log is emptied, with a warning: losing a record keeps a pin, never removes one.
 */
public final class RemovalLog implements AutoCloseable {

    /** The greatest number of pending removals. */
    public static final int MAX_PENDING = 1_000_000;

    /** The size, in bytes, above which the log is rewritten once it is four times what is live. */
    static final long REWRITE_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(RemovalLog.class);
    private static final CborLimits LIMITS = new CborLimits(RecordFile.MAX_RECORD, 1, 16);

    private final Map<Cid, PendingRemoval> pending = new HashMap<>();
    private final RecordFile file;
    private long rewriteAbove = REWRITE_BYTES;

    /**
     * Opens the log at {@code path}, which is created if it is not there. A torn tail is cut off.
     *
     * @throws UncheckedIOException if the disk fails
     */
    public RemovalLog(Path path) {
        try {
            long sound = Files.exists(path) ? RecordReader.read(path, this::take) : -1;
            if (sound < 0) {
                if (Files.exists(path)) {
                    LOG.warn("The log of pending removals {} is damaged and starts anew", path);
                }
                pending.clear();
                this.file = RecordFile.create(path, List.of());
            } else {
                this.file = new RecordFile(path, sound);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The removal of {@code cid} that is pending. */
    public Optional<PendingRemoval> get(Cid cid) {
        return Optional.ofNullable(pending.get(cid));
    }

    /** All that are pending, in no order. */
    public List<PendingRemoval> pending() {
        return List.copyOf(pending.values());
    }

    /**
     * Records {@code removals}, each in place of an earlier one of its CID.
     *
     * @return false, and nothing is recorded, if there would be more than {@value #MAX_PENDING}
     */
    public boolean add(Collection<PendingRemoval> removals) {
        long fresh = removals.stream()
                .map(PendingRemoval::cid)
                .distinct()
                .filter(cid -> !pending.containsKey(cid))
                .count();
        if (pending.size() + fresh > MAX_PENDING) {
            return false;
        }
        append(removals.stream().map(RemovalLog::encode).toList());
        removals.forEach(removal -> pending.put(removal.cid(), removal));
        return true;
    }

    /** Forgets the removals of {@code cids}, because they have happened or are not wanted any more. */
    public void settle(Collection<Cid> cids) {
        List<Cid> known = cids.stream().filter(pending::containsKey).toList();
        append(known.stream()
                .map(cid -> DagCbor.encode(CborMap.builder().put("done", cid.toBytes()).build()))
                .toList());
        known.forEach(pending::remove);
        rewriteIfLarge();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void append(List<Bytes> records) {
        if (records.isEmpty()) {
            return;
        }
        try {
            file.append(records);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rewriteIfLarge() {
        if (file.size() <= rewriteAbove) {
            return;
        }
        try {
            file.rewrite(pending.values().stream().map(RemovalLog::encode).toList());
            rewriteAbove = Math.max(REWRITE_BYTES, 4 * file.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bytes encode(PendingRemoval removal) {
        CborMapBuilder map = CborMap.builder()
                .put("cid", removal.cid().toBytes())
                .put("height", removal.height())
                .put("time", removal.timeMillis());
        return DagCbor.encode(map.build());
    }

    private void take(Bytes record) {
        Decoded<Boolean> taken = DagCbor.decode(record, LIMITS)
                .flatMap(value -> CborFields.read("removal", value, this::take));
        if (taken instanceof Decoded.Refused<Boolean>(var refusal)) {
            LOG.warn("A record of the log of pending removals is passed over: {}", refusal);
        }
    }

    private boolean take(CborFields in) throws RefusalException {
        List<Bytes> done = new ArrayList<>();
        in.optionalBytes("done", Cid.MAX_BYTES).ifPresent(done::add);
        if (done.isEmpty()) {
            PendingRemoval removal = new PendingRemoval(Cid.decode(in.bytes("cid", Cid.MAX_BYTES)).orRefuse(),
                    in.number("height", 0, Long.MAX_VALUE), in.number("time", 0, Long.MAX_VALUE));
            pending.put(removal.cid(), removal);
        } else {
            pending.remove(Cid.decode(done.getFirst()).orRefuse());
        }
        return true;
    }
}
