package io.pinfold.ipfs.testing;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The nodes in memory that can be connected to each other, and the names they published. */
public final class InMemoryNetwork {

    final ReentrantLock lock = new ReentrantLock();
    final Condition changed = lock.newCondition();
    private final Map<PeerId, InMemoryContent> nodes = new ConcurrentHashMap<>();
    private final Map<String, Cid> names = new ConcurrentHashMap<>();

    void join(PeerId id, InMemoryContent content) {
        nodes.put(id, content);
    }

    Optional<InMemoryContent> find(PeerId id) {
        return Optional.ofNullable(nodes.get(id));
    }

    void publish(String name, Cid target) {
        names.put(name, target);
    }

    Optional<Cid> resolve(String name) {
        return Optional.ofNullable(names.get(name));
    }
}
