package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.OpenResult;
import io.pinfold.libp2p.Stream;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Varint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits to be sent to one peer, and the thread that sends it over a stream of its own.
 *
 * <p>Past the bound, messages and gossip are dropped (counted), upkeep of the mesh never; a peer whose upkeep alone fills the
 * queue is cut off.
 */
final class PeerOutbox {

    private static final Logger log = LoggerFactory.getLogger(PeerOutbox.class);
    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(30);
    /** Upkeep frames may go this much beyond the bound. */
    private static final int UPKEEP_FACTOR = 2;
    private static final int MAX_BATCH_BYTES = 1 << 16;

    private final Host host;
    private final PeerId peer;
    private final int bound;
    private final LinkedBlockingDeque<Rpc> queue = new LinkedBlockingDeque<>();
    private final Thread thread;

    PeerOutbox(Host host, PeerId peer, int bound) {
        this.host = host;
        this.peer = peer;
        this.bound = bound;
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

    void stop() {
        thread.interrupt();
        Threads.join(thread);
    }

    private void run() {
        switch (host.open(peer, GossipSub.PROTOCOLS, OPEN_TIMEOUT)) {
            case OpenResult.Opened(Stream stream) -> send(stream);
            case OpenResult.Unsupported _,OpenResult.Unreachable _,OpenResult.Failed _ ->
                log.debug("no gossip stream to {}", peer);
        }
    }

    private void send(Stream stream) {
        try (stream) {
            stream.setTimeout(WRITE_TIMEOUT);
            while (!Thread.currentThread().isInterrupted()) {
                stream.output().write(batch());
            }
        } catch (IOException e) {
            stream.reset();
            log.debug("gossip stream to {} ended: {}", peer, e.getMessage());
        } catch (InterruptedException e) {
            log.debug("gossip stream to {} closed", peer);
        }
    }

    /** The next frame, and those behind it that fit into one write. */
    private byte[] batch() throws InterruptedException, IOException {
        var bytes = new ByteArrayOutputStream();
        List<Rpc> ready = new ArrayList<>();
        ready.add(queue.take());
        do {
            byte[] frame = RpcEncoder.encode(ready.removeLast());
            Varint.write(bytes, frame.length);
            bytes.write(frame);
        } while (bytes.size() < MAX_BATCH_BYTES && queue.drainTo(ready, 1) > 0);
        return bytes.toByteArray();
    }
}
