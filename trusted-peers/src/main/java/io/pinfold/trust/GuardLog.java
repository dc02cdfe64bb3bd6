package io.pinfold.trust;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The guard log: an append-only file, forced before use, rewritten when most of it is out of date. */
public final class GuardLog implements Guard {

    /** The size, in bytes, above which the log is rewritten. What is live has at most some ten kilobytes. */
    static final long REWRITE_BYTES = 4 << 20;

    private final GuardRecords.Owner owner;
    private final RecordFile file;
    private final Map<PeerId, HeadMark> heads;
    private long reserved;

    private GuardLog(GuardRecords.Owner owner, RecordFile file, GuardRecords content) {
        this.owner = owner;
        this.file = file;
        this.heads = content.heads();
        this.reserved = content.reserved();
    }

    /**
     * Opens the log of {@code key} in {@code cluster} at {@code path}, which is created if it is not there. A torn tail is
     * cut off.
     *
     * @throws UncheckedIOException if the disk fails
     */
    public static GuardOpening open(Path path, Cid cluster, PeerId key) {
        GuardRecords.Owner owner = new GuardRecords.Owner(cluster, key);
        try {
            if (!Files.exists(path)) {
                RecordFile file = RecordFile.create(path, List.of(GuardRecords.encode(owner)));
                return new GuardOpening.Opened(new GuardLog(owner, file, new GuardRecords()), true);
            }
            GuardRecords content = new GuardRecords();
            long sound = RecordReader.read(path, content::add);
            if (sound < 0 || !content.isSound()) {
                return new GuardOpening.Damaged("The guard log " + path + " is damaged. Put back a copy of the whole"
                        + " folder, or remove the log and start with a new identity.");
            }
            if (!content.isOf(owner)) {
                return new GuardOpening.Foreign(
                        "The guard log " + path + " belongs to another cluster or another identity.");
            }
            return new GuardOpening.Opened(new GuardLog(owner, new RecordFile(path, sound), content), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long reserved() {
        return reserved;
    }

    @Override
    public void reserve(long seq) {
        if (seq <= reserved) {
            throw new IllegalArgumentException("number " + seq + " is not above " + reserved);
        }
        append(List.of(GuardRecords.encode(seq)));
        reserved = seq;
    }

    @Override
    public List<HeadMark> heads() {
        return List.copyOf(heads.values());
    }

    @Override
    public void accept(Collection<HeadMark> accepted) {
        Map<PeerId, HeadMark> newer = new HashMap<>();
        List<Bytes> records = new ArrayList<>();
        for (HeadMark head : accepted) {
            HeadMark known = newer.getOrDefault(head.voter(), heads.get(head.voter()));
            if (known == null || head.isNewerThan(known)) {
                newer.put(head.voter(), head);
                records.add(GuardRecords.encode(head));
            }
        }
        if (!records.isEmpty()) {
            append(records);
            heads.putAll(newer);
        }
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
        try {
            if (file.size() > REWRITE_BYTES) {
                file.rewrite(live());
            }
            file.append(records);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Bytes> live() {
        List<Bytes> live = new ArrayList<>();
        live.add(GuardRecords.encode(owner));
        if (reserved > 0) {
            live.add(GuardRecords.encode(reserved));
        }
        new TreeMap<>(heads).values().forEach(head -> live.add(GuardRecords.encode(head)));
        return live;
    }
}
