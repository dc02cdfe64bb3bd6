package io.pinfold.testkit.sim;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A network of named nodes in virtual time that carries messages of bytes, late, not at all, or not across a partition.
 *
 * <p>The same generator and the same calls give the same run. A message is lost if its link is cut when it is sent or when it
 * would arrive. Not safe for use by many threads.
 */
public final class SimNetwork {

    private final VirtualTime time;
    private final RandomGenerator random;
    private final Map<String, Receiver> nodes = new HashMap<>();
    private final Map<String, Integer> sides = new HashMap<>();
    private final Set<String> down = new HashSet<>();
    private LinkConditions conditions = LinkConditions.GOOD;
    private long delivered;
    private long lost;

    /** What a node does with a message; {@code data} is its own to keep. */
    @FunctionalInterface
    public interface Receiver {

        /** A message has come. */
        void receive(String from, byte[] data);
    }

    /** A network without nodes. */
    public SimNetwork(VirtualTime time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    /** Adds a node, or gives a node that is there another receiver. */
    public void join(String name, Receiver receiver) {
        nodes.put(name, receiver);
    }

    /** How all links are from now on. */
    public void conditions(LinkConditions all) {
        conditions = all;
    }

    /** Cuts the network into sides that cannot reach each other; nodes on no side reach nobody but each other. */
    @SafeVarargs
    public final void partition(Set<String>... separated) {
        sides.clear();
        for (int side = 0; side < separated.length; side++) {
            for (String name : separated[side]) {
                sides.put(name, side);
            }
        }
    }

    /** Ends the partition. */
    public void heal() {
        sides.clear();
    }

    /** Takes a node off the network: what is sent to or by it, or under way to it, is lost. */
    public void down(String name) {
        down.add(name);
    }

    /** Puts a node back. */
    public void up(String name) {
        down.remove(name);
    }

    /** Whether a message from {@code from} would now get to {@code to}, but for chance. */
    public boolean connected(String from, String to) {
        return nodes.containsKey(to) && !down.contains(from) && !down.contains(to)
                && sides.getOrDefault(from, -1).equals(sides.getOrDefault(to, -1));
    }

    /** Sends a copy of {@code data}. */
    public void send(String from, String to, byte[] data) {
        byte[] copy = data.clone();
        long span = conditions.slowest().minus(conditions.fastest()).toNanos();
        long extra = span == 0 ? 0 : random.nextLong(span + 1);
        boolean unlucky = random.nextDouble() < conditions.loss();
        if (unlucky || !connected(from, to)) {
            lost++;
            return;
        }
        time.schedule(conditions.fastest().plus(Duration.ofNanos(extra)), () -> arrive(from, to, copy));
    }

    /** How many messages have arrived. */
    public long delivered() {
        return delivered;
    }

    /** How many messages were lost. */
    public long lost() {
        return lost;
    }

    private void arrive(String from, String to, byte[] data) {
        Receiver receiver = nodes.get(to);
        if (receiver == null || !connected(from, to)) {
            lost++;
            return;
        }
        delivered++;
        receiver.receive(from, data);
    }
}
