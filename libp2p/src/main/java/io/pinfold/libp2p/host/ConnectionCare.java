package io.pinfold.libp2p.host;

import io.pinfold.libp2p.HostMetrics;
import io.pinfold.libp2p.limit.Threads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What is done beside the connections while they last: each new peer is asked who it is, told what changes of us, and
 * remembered where it was reached; the least useful go when there are too many. Thread-safe.
 */
final class ConnectionCare {

    /** How long an address that led to a peer is kept. */
    private static final Duration PROVEN_LIFETIME = Duration.ofHours(1);
    /** Changes of our protocols within this time are pushed together. */
    private static final Duration PUSH_DELAY = Duration.ofMillis(100);

    private final ConnectionTable table;
    private final Trimmer trimmer;
    private final BoundedAddressBook book;
    private final Identifier identifier;
    private final Executor tasks;
    private final Clockwork clockwork;
    private final HostMetrics metrics;
    private final AtomicBoolean pushDue = new AtomicBoolean();

    /** The care for the connections of {@code table}; work that may wait for a peer is done by {@code tasks}. */
    ConnectionCare(ConnectionTable table, Trimmer trimmer, BoundedAddressBook book, Identifier identifier,
            Executor tasks, Clockwork clockwork, HostMetrics metrics) {
        this.table = table;
        this.trimmer = trimmer;
        this.book = book;
        this.identifier = identifier;
        this.tasks = tasks;
        this.clockwork = clockwork;
        this.metrics = metrics;
    }

    /** {@code connection} is in the table now. */
    void made(PeerConnection connection) {
        remember(connection);
        later(() -> identifier.identify(connection));
        if (!trimmer.choose(table.all()).isEmpty()) {
            later(this::trim);
        }
    }

    /** {@code connection} is no longer in the table. */
    void ended(PeerConnection connection) {
        identifier.ended(connection);
        if (table.of(connection.peer()).isEmpty()) {
            identifier.departed(connection);
            remember(connection);
        }
    }

    /** Keeps the address that led to the peer, from the beginning and the end of the connection on. */
    private void remember(PeerConnection connection) {
        if (connection.info().outbound()) {
            book.add(connection.peer(), List.of(connection.info().remoteAddress()), PROVEN_LIFETIME);
        }
    }

    /** Closes the connections that are too many. */
    void trim() {
        for (PeerConnection connection : trimmer.choose(table.all())) {
            metrics.count("connections_trimmed");
            later(connection.session()::close);
        }
    }

    /** Closes {@code connections}, beside one another, since each may take a moment to send what is queued. */
    void close(List<PeerConnection> connections) {
        List<Thread> closing = connections.stream()
                .map(connection -> Thread.ofVirtual().name("libp2p-close").start(connection.session()::close))
                .toList();
        closing.forEach(Threads::join);
    }

    /** Our protocols have changed: tells all peers soon. */
    void protocolsChanged() {
        if (table.size() == 0 || !pushDue.compareAndSet(false, true)) {
            return;
        }
        clockwork.after(PUSH_DELAY, () -> {
            pushDue.set(false);
            table.all().forEach(connection -> later(() -> identifier.push(connection)));
        });
    }

    /** Runs {@code work} on a thread of its own, unless the host is closing. */
    private void later(Runnable work) {
        try {
            tasks.execute(work);
        } catch (RejectedExecutionException e) {
            metrics.count("tasks_after_close");
        }
    }
}
