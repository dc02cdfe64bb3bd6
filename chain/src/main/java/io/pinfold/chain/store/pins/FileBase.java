package io.pinfold.chain.store.pins;

import io.pinfold.chain.StoreException;
import io.pinfold.chain.StoreFailure;
import io.pinfold.chain.core.StateMark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mapdb.BTreeMap;
import org.mapdb.DB;
import org.mapdb.DBException;
import org.mapdb.DBMaker;
import org.mapdb.Serializer;

/** A base in a MapDB file, opened read-only and mapped into memory; counted references keep it open. */
final class FileBase implements Base {

    /** The name of the map in the file. */
    static final String MAP = "pins";

    private final BaseMeta meta;
    private final DB db;
    private final BTreeMap<byte[], byte[]> pins;
    private final AtomicInteger references = new AtomicInteger(1);

    private FileBase(BaseMeta meta, DB db, BTreeMap<byte[], byte[]> pins) {
        this.meta = meta;
        this.db = db;
        this.pins = pins;
    }

    /** Opens {@code file}, whose checksum the caller has compared with {@code meta}. */
    static FileBase open(Path file, BaseMeta meta) throws IOException {
        return Failing.asIoException(() -> {
            DB db = DBMaker.fileDB(file.toFile()).fileMmapEnable().readOnly().make();
            try {
                return new FileBase(meta, db, db.treeMap(MAP, Serializer.BYTE_ARRAY, Serializer.BYTE_ARRAY).open());
            } catch (RuntimeException e) {
                db.close();
                throw e;
            }
        });
    }

    BaseMeta meta() {
        return meta;
    }

    @Override
    public StateMark mark() {
        return meta.mark();
    }

    @Override
    public long count() {
        return meta.count();
    }

    @Override
    public long bytes() {
        return meta.fileBytes();
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return read(() -> pins.get(key));
    }

    @Override
    public Iterator<RawPin> iterator(byte @Nullable [] after) {
        Iterator<Map.@Nullable Entry<byte[], byte[]>> entries = read(
                () -> pins.entryIterator(after, false, null, false));
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public RawPin next() {
                Map.Entry<byte[], byte[]> entry = read(entries::next);
                return new RawPin(entry.getKey(), entry.getValue());
            }
        };
    }

    @Override
    public boolean acquire() {
        return references.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    @Override
    public void release() {
        if (references.decrementAndGet() == 0) {
            db.close();
        }
    }

    /** What {@code question} answers; MapDB's own exceptions mean that the file has changed under it. */
    private <T extends @Nullable Object> T read(Supplier<T> question) {
        try {
            return question.get();
        } catch (DBException | IndexOutOfBoundsException | InternalError e) {
            throw new StoreException(
                    new StoreFailure(StoreFailure.Kind.IO_ERROR, "base " + meta.mark().height() + ": " + e));
        }
    }
}
