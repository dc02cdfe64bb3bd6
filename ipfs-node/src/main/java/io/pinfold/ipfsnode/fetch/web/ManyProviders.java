package io.pinfold.ipfsnode.fetch.web;

import io.pinfold.ipfsnode.bitswap.Providers;
import io.pinfold.libp2p.limit.Threads;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Several that know providers, asked at once; what they say is joined, the first {@link #MAX_ADDRESSES} addresses of it. */
public final class ManyProviders implements Providers {

    /** The most addresses. */
    public static final int MAX_ADDRESSES = 128;

    private final List<Providers> all;

    /** Joins {@code all}. */
    public ManyProviders(List<? extends Providers> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public List<Multiaddr> find(Cid cid) {
        List<Multiaddr> found = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = all.stream()
                .map(one -> Thread.ofVirtual().name("providers").start(() -> found.addAll(one.find(cid))))
                .toList();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            threads.forEach(Threads::join);
            Thread.currentThread().interrupt();
        }
        return List.copyOf(found).stream().distinct().limit(MAX_ADDRESSES).toList();
    }
}
