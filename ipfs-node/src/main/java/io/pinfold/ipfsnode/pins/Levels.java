package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.store.database.Table;
import io.pinfold.multiformats.Bytes;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The nodes of pins of limited depth, each held by itself; the note of a hold is the level at which the node was placed, or
 * nothing if it came before it was known where it belongs. Levels are worked off one after the other, so each node is placed
 * once, at its least level. For one thread.
 */
final class Levels {

    private final Transaction transaction;
    private final Sessions sessions;
    private final Graph graph;

    Levels(Transaction transaction, Sessions sessions, Graph graph) {
        this.transaction = transaction;
        this.sessions = sessions;
        this.graph = graph;
    }

    /** Whether a hold's note says that its node was placed. */
    static boolean isPlaced(Bytes note) {
        return !note.isEmpty();
    }

    /** The session wants the node, unless it has it at this level or above. */
    void visit(long session, int level, Bytes key) {
        Optional<Bytes> note = graph.held(session, key);
        if (note.filter(Levels::isPlaced).isEmpty()) {
            graph.hold(session, key, Bytes.copyOf(ByteBuffer.allocate(Integer.BYTES).putInt(level).array()));
            transaction.put(Table.WANTED, SessionKey.wanted(session, level, key), Bytes.EMPTY);
        }
    }

    /** A block came, wherever it belongs: it stays until the session knows. */
    void keep(SessionRow session, Bytes key) {
        if (graph.held(session.id(), key).isEmpty()) {
            graph.hold(session.id(), key, Bytes.EMPTY);
        }
    }

    /** A wanted node is here. */
    void place(SessionRow session, int depth, Arrived arrived) {
        Bytes wanted = SessionKey.wanted(session.id(), arrived.level(), arrived.key());
        if (!transaction.has(Table.WANTED, wanted)) {
            return;
        }
        transaction.delete(Table.WANTED, wanted);
        sessions.set(session.took(1, arrived.size()));
        if (arrived.level() < depth) {
            for (Bytes link : arrived.links()) {
                visit(session.id(), arrived.level() + 1, link);
            }
        }
    }
}
