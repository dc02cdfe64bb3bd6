package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.OpenResult;
import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.limit.Threads;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Varint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits to be sent to one peer, and the thread that sends it over a stream of its own.
 *
 * <p>Past the bound, messages and gossip are dropped (counted), upkeep of the mesh never; a peer whose upkeep alone fills the
 * queue is cut off. A stream that breaks while the peer stays connected is opened anew, later each time, by
 * heartbeats; it begins with what the peer has to know of us, and what could not be written follows.
 */
final class PeerOutbox {

    private static final Logger log = LoggerFactory.getLogger(PeerOutbox.class);
    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(30);
    /** Upkeep frames may go this much beyond the bound. */
    private static final int UPKEEP_FACTOR = 2;
    private static final int MAX_BATCH_BYTES = 1 << 16;
    /** Most heartbeats to wait before a broken stream is opened anew; 1 at first, doubled each time. */
    private static final int MAX_WAIT = 64;

    private final Host host;
    private final PeerId peer;
    private final int bound;
    private final LinkedBlockingDeque<Rpc> queue = new LinkedBlockingDeque<>();
    private final Supplier<List<Rpc>> greeting;
    private final Semaphore beats = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopped;
    /** Taken from the queue and not written wholly yet. */
    private byte[] unsent = {};

    PeerOutbox(Host host, PeerId peer, int bound, Supplier<List<Rpc>> greeting) {
        this.host = host;
        this.peer = peer;
        this.bound = bound;
        this.greeting = greeting;
        this.thread = Thread.ofVirtual().name("gossip-send-" + peer).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Queues {@code rpc}; false if there is no room. */
    boolean offer(Rpc rpc) {
        int room = rpc.isUpkeep() ? bound * UPKEEP_FACTOR : bound;
        return queue.size() < room && queue.offer(rpc);
    }

    /** A heartbeat has passed. */
    void beat() {
        beats.release();
    }

    void stop() {
        stopped = true;
        thread.interrupt();
        Threads.join(thread);
    }

    private void run() {
        try {
            send(List.of());
            for (int wait = 1; !stopped && !host.connections(peer).isEmpty(); wait = Math.min(2 * wait, MAX_WAIT)) {
                beats.drainPermits();
                beats.acquire(wait);
                send(greeting.get());
            }
        } catch (InterruptedException e) {
            log.debug("gossip stream to {} closed", peer);
        }
    }

    /** Opens a stream and sends, first {@code greetings}, until it breaks. */
    private void send(List<Rpc> greetings) throws InterruptedException {
        switch (host.open(peer, GossipSub.PROTOCOLS, OPEN_TIMEOUT)) {
            case OpenResult.Opened(Stream stream) -> send(greetings, stream);
            case OpenResult.Unsupported _,OpenResult.Unreachable _,OpenResult.Failed _ ->
                log.debug("no gossip stream to {}", peer);
        }
    }

    private void send(List<Rpc> greetings, Stream stream) throws InterruptedException {
        try (stream) {
            stream.setTimeout(WRITE_TIMEOUT);
            for (Rpc rpc : greetings) {
                var bytes = new ByteArrayOutputStream();
                write(rpc, bytes);
                stream.output().write(bytes.toByteArray());
            }
            while (true) {
                if (unsent.length == 0) {
                    unsent = batch();
                }
                stream.output().write(unsent);
                unsent = new byte[0];
            }
        } catch (IOException e) {
            stream.reset();
            log.debug("gossip stream to {} ended: {}", peer, e.getMessage());
        }
    }

    /** The next frame, and those behind it that fit into one write. */
    private byte[] batch() throws InterruptedException, IOException {
        var bytes = new ByteArrayOutputStream();
        List<Rpc> ready = new ArrayList<>();
        ready.add(queue.take());
        do {
            write(ready.removeLast(), bytes);
        } while (bytes.size() < MAX_BATCH_BYTES && queue.drainTo(ready, 1) > 0);
        return bytes.toByteArray();
    }

    private static void write(Rpc rpc, OutputStream out) throws IOException {
        byte[] frame = RpcEncoder.encode(rpc);
        Varint.write(out, frame.length);
        out.write(frame);
    }
}
