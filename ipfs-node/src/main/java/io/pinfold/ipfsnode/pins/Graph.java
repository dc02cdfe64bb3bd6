package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.store.database.Table;
import io.pinfold.multiformats.Bytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The nodes that are kept, how often each is referred to, and what sessions still want of them. For one thread.
 *
 * <p>Invariant: a node counts the recursive pins and sessions on it, the unfolded nodes that link to it, and the holds on it;
 * it has a row if that is more than 0. All below a node that a well-ended session unfolded is unfolded too.
 */
final class Graph {

    /** Nodes of one entry of the queue of releases: what is dropped in one step. */
    private static final int CHUNK = 128;

    private final Transaction transaction;
    private final Sessions sessions;
    private final DiskQueue releases;
    /** Multihashes of nodes that were forgotten. */
    private List<Bytes> lost = new ArrayList<>();

    Graph(Transaction transaction, Sessions sessions, DiskQueue releases) {
        this.transaction = transaction;
        this.sessions = sessions;
        this.releases = releases;
    }

    /** The node counts one more. */
    void refer(Bytes key) {
        set(key, node(key).plus(1));
    }

    /** The session wants the node, unless all of it is here or the session has been at it. */
    void visit(SessionRow session, Bytes key) {
        Node node = node(key);
        boolean passed = node.isUnfolded() && (node.owner() == session.id()
                || sessions.hasEndedWell(node.owner())
                || transaction.has(Table.SEEN, SessionKey.node(session.id(), key)));
        if (!passed) {
            transaction.put(Table.WANTED, SessionKey.wanted(session.id(), 0, key), Bytes.EMPTY);
        }
    }

    /** What a session's telling that a node is here came to, the safest first. */
    enum Place {
        /** The session has it, and all that refers to it. */
        TAKEN,
        /** The session does not want it, or not yet; something else keeps it, perhaps not for long. */
        FOREIGN,
        /** Nothing refers to it yet. */
        EARLY
    }

    /**
     * The session, which keeps whole graphs, takes a node whose block is here; it is passed over if the session is a pin that
     * does not want it.
     */
    Place unfold(SessionRow session, Arrived arrived) {
        long id = session.id();
        Bytes key = arrived.key();
        Bytes wanted = SessionKey.wanted(id, 0, key);
        if (!session.isImport() && !transaction.has(Table.WANTED, wanted)) {
            return node(key).count() > 0 ? Place.FOREIGN : Place.EARLY;
        }
        transaction.delete(Table.WANTED, wanted);
        if (node(key).owner() == id) {
            return Place.TAKEN;
        }
        if (session.isImport()) {
            hold(id, key, Bytes.EMPTY);
        }
        sessions.set(session.took(1, arrived.size()));
        Node node = node(key);
        if (!node.isUnfolded()) {
            unfoldFirst(id, key, node, arrived.links());
        } else if (!sessions.hasEndedWell(node.owner())) {
            follow(id, key, node);
        }
        return Place.TAKEN;
    }

    private void unfoldFirst(long id, Bytes key, Node node, Collection<Bytes> linked) {
        set(key, node.unfoldedBy(id));
        sessions.owns(id, 1);
        Set<Bytes> links = new LinkedHashSet<>(linked);
        if (!links.isEmpty()) {
            transaction.put(Table.LINKS, key, Rows.encode(links));
        }
        SessionRow session = sessions.find(id).orElseThrow();
        for (Bytes link : links) {
            refer(link);
            if (session.isImport()) {
                letGo(id, link);
            }
            visit(session, link);
        }
    }

    /** Walks through a node that another session unfolded and below which something may be missing. */
    private void follow(long id, Bytes key, Node node) {
        if (sessions.open(node.owner()).isPresent()) {
            transaction.put(Table.SEEN, SessionKey.node(id, key), Bytes.EMPTY);
        } else {
            sessions.owns(node.owner(), -1);
            sessions.owns(id, 1);
            set(key, node.unfoldedBy(id));
        }
        SessionRow session = sessions.find(id).orElseThrow();
        for (Bytes link : links(key)) {
            visit(session, link);
        }
    }

    /** Has the session hold the node by itself; false if it did already. */
    boolean hold(long session, Bytes key, Bytes note) {
        Bytes hold = SessionKey.node(session, key);
        boolean held = transaction.has(Table.HOLDS, hold);
        transaction.put(Table.HOLDS, hold, note);
        if (!held) {
            refer(key);
        }
        return !held;
    }

    /** The note of a hold. */
    Optional<Bytes> held(long session, Bytes key) {
        return transaction.get(Table.HOLDS, SessionKey.node(session, key));
    }

    /** Drops the hold if there is one. */
    void letGo(long session, Bytes key) {
        Bytes hold = SessionKey.node(session, key);
        if (transaction.has(Table.HOLDS, hold)) {
            transaction.delete(Table.HOLDS, hold);
            drop(key);
        }
    }

    /** The node counts one less soon. */
    void release(Collection<Bytes> keys) {
        List<Bytes> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += CHUNK) {
            releases.add(all.subList(from, Math.min(from + CHUNK, all.size())));
        }
    }

    /** The node counts one less. At 0 it is forgotten, its links are to be dropped, and its block is to be looked at. */
    void drop(Bytes key) {
        Node node = node(key);
        if (node.count() > 1) {
            set(key, node.plus(-1));
            return;
        }
        transaction.delete(Table.NODES, key);
        if (node.isUnfolded()) {
            sessions.owns(node.owner(), -1);
            release(links(key));
            transaction.delete(Table.LINKS, key);
        }
        lost.add(NodeKey.cid(key).hash().toBytes());
    }

    /** The multihashes of the nodes that were forgotten since the last call. */
    List<Bytes> takeLost() {
        List<Bytes> taken = lost;
        lost = new ArrayList<>();
        return taken;
    }

    private Collection<Bytes> links(Bytes key) {
        return transaction.get(Table.LINKS, key).map(Rows::decodeKeys).orElse(List.of());
    }

    private Node node(Bytes key) {
        return transaction.get(Table.NODES, key).map(Node::decode).orElse(Node.NEW);
    }

    private void set(Bytes key, Node node) {
        transaction.put(Table.NODES, key, node.encode());
    }
}
