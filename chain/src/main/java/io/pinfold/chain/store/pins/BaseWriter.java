package io.pinfold.chain.store.pins;

import io.pinfold.chain.core.StateMark;
import io.pinfold.chain.store.file.StoreFile;
import io.pinfold.multiformats.Bytes;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.Serializer;

/**
 * Writes a base: sorted into a new file, forced, read back and compared, renamed into place, opened.
 *
 * <p>The file is written through a channel, not a mapping: so a full disk is an error and not a crash.
 */
final class BaseWriter {

    private static final int ALLOCATION_BYTES = 1 << 20;
    private static final int CHECK_EVERY = 1024;

    private final BaseFolder folder;
    private final BooleanSupplier cancelled;

    /** A writer that gives up, by a {@link CancellationException}, soon after {@code cancelled} says so. */
    BaseWriter(BaseFolder folder, BooleanSupplier cancelled) {
        this.folder = folder;
        this.cancelled = cancelled;
    }

    /** Makes {@code pins}, in order, the base of {@code mark}; after an error there is none. */
    FileBase write(Iterator<RawPin> pins, StateMark mark) throws IOException {
        folder.files().delete(folder.building());
        PinDigest digest = new PinDigest();
        Failing.asIoException(() -> sink(pins, digest));
        try (StoreFile file = folder.files().open(folder.building(), false)) {
            file.force();
        }
        BaseFolder.FileSum sum = folder.sum(folder.building());
        BaseMeta meta = new BaseMeta(mark, digest.count(), digest.finish(), sum.bytes(), sum.checksum());
        FileBase base = FileBase.open(folder.building(), meta);
        boolean published = false;
        try {
            requireSame(base);
            folder.publish(meta);
            published = true;
            return base;
        } finally {
            if (!published) {
                base.release();
            }
        }
    }

    private PinDigest sink(Iterator<RawPin> pins, PinDigest digest) {
        try (DB db = DBMaker.fileDB(folder.building().toFile())
                .fileChannelEnable()
                .allocateIncrement(ALLOCATION_BYTES)
                .make()) {
            var sink = db.treeMap(FileBase.MAP, Serializer.BYTE_ARRAY, Serializer.BYTE_ARRAY).createFromSink();
            while (pins.hasNext()) {
                RawPin pin = pins.next();
                digest.add(pin);
                sink.put(pin.key(), pin.value());
                check(digest.count());
            }
            sink.create();
        }
        return digest;
    }

    private void requireSame(FileBase base) throws IOException {
        PinDigest found = new PinDigest();
        Iterator<RawPin> pins = base.iterator(null);
        while (pins.hasNext()) {
            found.add(pins.next());
            check(found.count());
        }
        Bytes digest = found.finish();
        if (found.count() != base.meta().count() || !digest.equals(base.meta().digest())) {
            throw new IOException("the base was written and is not what was meant: " + found.count() + " pins of "
                    + base.meta().count() + ", digest " + digest + " for " + base.meta().digest());
        }
    }

    private void check(long count) {
        if (count % CHECK_EVERY == 0 && cancelled.getAsBoolean()) {
            throw new CancellationException();
        }
    }
}
