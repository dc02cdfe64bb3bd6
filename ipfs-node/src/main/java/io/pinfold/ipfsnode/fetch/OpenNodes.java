package io.pinfold.ipfsnode.fetch;

import io.pinfold.multiformats.Cid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The nodes whose links are not all met yet, the newest on top, so that a walk goes down before it goes on and few nodes are
 * open at once.
 *
 * <p>The links of only so many are held; those of the lowest are let go first, and are given again by whoever reads the top.
 */
final class OpenNodes {

    private final int maxNodes;
    private final int maxLinks;
    private final List<Node> stack = new ArrayList<>();
    /** The links held, over all nodes. */
    private int held;
    /** No node below this one holds links. */
    private int lowestHolder;

    /** A node, the levels left below it, the links if they are held, and which of them is next. */
    private static final class Node {
        private final Cid cid;
        private final int down;
        private @Nullable List<Cid> links;
        private int next;

        Node(Cid cid, int down) {
            this.cid = cid;
            this.down = down;
        }
    }

    OpenNodes(int maxNodes, int maxLinks) {
        this.maxNodes = maxNodes;
        this.maxLinks = maxLinks;
    }

    boolean isEmpty() {
        return stack.isEmpty();
    }

    /** Puts a node with links on top, which has {@code down} levels below it; false if there are too many. */
    boolean push(Cid cid, List<Cid> links, int down) {
        if (stack.size() == maxNodes) {
            return false;
        }
        stack.add(new Node(cid, down));
        if (held + links.size() <= maxLinks) {
            hold(links);
        }
        return true;
    }

    /** The node on top. */
    Cid top() {
        return stack.getLast().cid;
    }

    /** The levels below the node on top. */
    int down() {
        return stack.getLast().down;
    }

    /** Whether the links of the node on top are held. */
    boolean holdsLinks() {
        return stack.getLast().links != null;
    }

    /** Gives the links of the node on top again; nodes below lose theirs for it. */
    void hold(List<Cid> links) {
        int at = stack.size() - 1;
        stack.get(at).links = links;
        held += links.size();
        lowestHolder = Math.min(lowestHolder, at);
        while (held > maxLinks && lowestHolder < at) {
            drop(stack.get(lowestHolder++));
        }
    }

    /** The next link of the node on top, whose links are held and not used up; takes the node off with its last one. */
    Cid next() {
        Node top = stack.getLast();
        if (top.links == null) {
            throw new IllegalStateException("the links are not held");
        }
        Cid link = top.links.get(top.next++);
        if (top.next == top.links.size()) {
            pop();
        }
        return link;
    }

    /** Takes the node on top off. */
    void pop() {
        drop(stack.removeLast());
        lowestHolder = Math.min(lowestHolder, stack.size());
    }

    private void drop(Node node) {
        if (node.links != null) {
            held -= node.links.size();
            node.links = null;
        }
    }
}
