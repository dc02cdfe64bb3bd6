package io.pinfold.chain.store.pins;

import io.pinfold.chain.PinView;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.core.StateMark;
import io.pinfold.multiformats.Cid;
import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A state and its base, which it keeps open until closed. */
final class FrozenPins implements PinView {

    private final PinState state;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** A view of {@code state}, whose base the caller has acquired for it. */
    FrozenPins(PinState state) {
        this.state = state;
    }

    @Override
    public StateMark mark() {
        return open().mark();
    }

    @Override
    public long size() {
        return open().size();
    }

    @Override
    public Optional<PinEntry> get(Cid cid) {
        byte[] key = PinState.key(cid);
        return Optional.ofNullable(open().get(key)).map(value -> PinState.decode(new RawPin(key, value)));
    }

    @Override
    public Stream<PinEntry> entries() {
        return stream(null);
    }

    @Override
    public Stream<PinEntry> entriesAfter(Cid cid) {
        return stream(PinState.key(cid));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            state.base().release();
        }
    }

    private Stream<PinEntry> stream(byte @Nullable [] after) {
        Iterator<RawPin> pins = open().iterator(after);
        Iterator<PinEntry> entries = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return pins.hasNext();
            }

            @Override
            public PinEntry next() {
                open();
                return PinState.decode(pins.next());
            }
        };
        int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE | Spliterator.DISTINCT;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(entries, traits), false);
    }

    private PinState open() {
        if (closed.get()) {
            throw new IllegalStateException("the view is closed");
        }
        return state;
    }
}
