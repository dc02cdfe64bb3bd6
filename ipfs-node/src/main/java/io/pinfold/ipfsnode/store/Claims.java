package io.pinfold.ipfsnode.store;

import io.pinfold.multiformats.Multihash;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which blocks are being stored or removed: whoever claims one waits for the other who has it. All or none are claimed. */
final class Claims {

    private final Set<Multihash> claimed = new HashSet<>();

    /** The claim to these blocks, once nobody else has one to any of them. */
    Claim take(Collection<Multihash> wanted) {
        List<Multihash> hashes = List.copyOf(wanted);
        acquire(hashes);
        return () -> release(hashes);
    }

    private synchronized void acquire(List<Multihash> hashes) {
        boolean interrupted = false;
        while (hashes.stream().anyMatch(claimed::contains)) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        claimed.addAll(hashes);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void release(List<Multihash> hashes) {
        hashes.forEach(claimed::remove);
        notifyAll();
    }

    /** The right to change some blocks. */
    interface Claim extends AutoCloseable {
        @Override
        void close();
    }
}
