package io.pinfold.trust;

import java.util.Collection;
import java.util.List;

/**
 * What this peer must not forget, or it could be led back: the highest head accepted per key, and the sequence numbers
 * that its own key may have used. Never rebuilt from elsewhere.
 *
 * <p>For one thread at a time. What was given to a method is durable when it returns. If the disk fails the methods throw
 * {@link java.io.UncheckedIOException}, and this peer must sign nothing more.
 */
public interface Guard extends AutoCloseable {

    /** The greatest of our sequence numbers that may have been used, 0 at first. */
    long reserved();

    /** Reserves our sequence numbers up to {@code seq}; to be called before one above {@link #reserved} is used. */
    void reserve(long seq);

    /** The highest head accepted of each key. */
    List<HeadMark> heads();

    /** Keeps those of {@code heads} that are newer than what is kept of their key. */
    void accept(Collection<HeadMark> heads);

    @Override
    void close();
}
