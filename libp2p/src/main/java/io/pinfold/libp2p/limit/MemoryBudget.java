package io.pinfold.libp2p.limit;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How much memory may be in use for a purpose; a part of a larger budget's, if it has a parent. */
public final class MemoryBudget {

    private final @Nullable MemoryBudget parent;
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** A budget of {@code limit} bytes. */
    public MemoryBudget(long limit) {
        this(limit, null);
    }

    private MemoryBudget(long limit, @Nullable MemoryBudget parent) {
        this.limit = limit;
        this.parent = parent;
    }

    /** A part of this budget, at most {@code limit} bytes. */
    public MemoryBudget part(long limit) {
        return new MemoryBudget(limit, this);
    }

    /** Takes {@code bytes}; false, and nothing taken, if they are not to be had. */
    public boolean reserve(long bytes) {
        long after = used.addAndGet(bytes);
        if (after > limit || (parent != null && !parent.reserve(bytes))) {
            used.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** Gives {@code bytes} back. */
    public void release(long bytes) {
        used.addAndGet(-bytes);
        if (parent != null) {
            parent.release(bytes);
        }
    }

    /** What is in use now. */
    public long used() {
        return used.get();
    }

    /** Whether {@code bytes} more are to be had at the moment. */
    public boolean hasRoom(long bytes) {
        return used.get() + bytes <= limit && (parent == null || parent.hasRoom(bytes));
    }
}
