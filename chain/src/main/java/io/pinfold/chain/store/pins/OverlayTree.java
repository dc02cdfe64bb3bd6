package io.pinfold.chain.store.pins;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted map from keys to values or to "removed": each change makes a new map that shares all but the path
 * to the change, so that keeping an old one costs next to nothing.
 *
 * <p>A treap: a search tree by key that is a heap by a salted hash of the key. Its shape depends on the keys alone, and
 * its depth is about 2 log2 of their number for anybody who does not know the salt.
 */
final class OverlayTree {

    private final long salt;
    private final @Nullable Node root;

    /** One key; the value is null if the key is removed. */
    static final class Node {

        private final byte[] key;
        private final byte @Nullable [] value;
        private final long priority;
        private final @Nullable Node left;
        private final @Nullable Node right;

        private Node(byte[] key, byte @Nullable [] value, long priority, @Nullable Node left, @Nullable Node right) {
            this.key = key;
            this.value = value;
            this.priority = priority;
            this.left = left;
            this.right = right;
        }

        byte[] key() {
            return key;
        }

        byte @Nullable [] value() {
            return value;
        }

        @Nullable
        Node left() {
            return left;
        }

        @Nullable
        Node right() {
            return right;
        }

        private Node with(@Nullable Node newLeft, @Nullable Node newRight) {
            return new Node(key, value, priority, newLeft, newRight);
        }
    }

    private OverlayTree(long salt, @Nullable Node root) {
        this.salt = salt;
        this.root = root;
    }

    static OverlayTree empty(long salt) {
        return new OverlayTree(salt, null);
    }

    /** What this map says of {@code key}, or null if it says nothing. */
    @Nullable
    Node find(byte[] key) {
        Node node = root;
        while (node != null) {
            int order = Arrays.compareUnsigned(key, node.key);
            if (order == 0) {
                return node;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    /** This map, in which {@code key} has {@code value}, or is removed if that is null. */
    OverlayTree put(byte[] key, byte @Nullable [] value) {
        return new OverlayTree(salt, put(root, key, value));
    }

    /** This map, which says nothing of {@code key}. */
    OverlayTree forget(byte[] key) {
        return new OverlayTree(salt, forget(root, key));
    }

    /** All keys in order; from behind {@code after}, unless that is null. */
    Iterator<Node> iterator(byte @Nullable [] after) {
        return new InOrder(root, after);
    }

    private Node put(@Nullable Node node, byte[] key, byte @Nullable [] value) {
        if (node == null) {
            return new Node(key, value, priority(key), null, null);
        }
        int order = Arrays.compareUnsigned(key, node.key);
        if (order == 0) {
            return new Node(node.key, value, node.priority, node.left, node.right);
        }
        if (order < 0) {
            Node left = put(node.left, key, value);
            return left.priority > node.priority
                    ? left.with(left.left, node.with(left.right, node.right))
                    : node.with(left, node.right);
        }
        Node right = put(node.right, key, value);
        return right.priority > node.priority
                ? right.with(node.with(node.left, right.left), right.right)
                : node.with(node.left, right);
    }

    private static @Nullable Node forget(@Nullable Node node, byte[] key) {
        if (node == null) {
            return null;
        }
        int order = Arrays.compareUnsigned(key, node.key);
        if (order == 0) {
            return merge(node.left, node.right);
        }
        return order < 0
                ? node.with(forget(node.left, key), node.right)
                : node.with(node.left, forget(node.right, key));
    }

    /** One tree of two, the keys of {@code left} all being smaller. */
    private static @Nullable Node merge(@Nullable Node left, @Nullable Node right) {
        if (left == null) {
            return right;
        }
        if (right == null) {
            return left;
        }
        return left.priority > right.priority
                ? left.with(left.left, merge(left.right, right))
                : right.with(merge(left, right.left), right.right);
    }

    private long priority(byte[] key) {
        long hash = salt;
        for (byte b : key) {
            hash = (hash ^ b) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    private static final class InOrder implements Iterator<Node> {

        private final Deque<Node> path = new ArrayDeque<>();

        InOrder(@Nullable Node root, byte @Nullable [] after) {
            Node node = root;
            while (node != null) {
                if (after == null || Arrays.compareUnsigned(node.key, after) > 0) {
                    path.push(node);
                    node = node.left;
                } else {
                    node = node.right;
                }
            }
        }

        @Override
        public boolean hasNext() {
            return !path.isEmpty();
        }

        @Override
        public Node next() {
            if (path.isEmpty()) {
                throw new NoSuchElementException();
            }
            Node node = path.pop();
            for (Node below = node.right; below != null; below = below.left) {
                path.push(below);
            }
            return node;
        }
    }
}
