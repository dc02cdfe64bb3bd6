package io.pinfold.libp2p.ping;

import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.StreamHandler;
import io.pinfold.multiformats.PeerId;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Echoes pings, on two streams of a peer at most. */
public final class PingHandler implements StreamHandler {

    /** Streams of one peer at once; a further one is reset. */
    public static final int MAX_PER_PEER = 2;
    /** Silence after which a stream is reset. */
    public static final Duration IDLE = Duration.ofSeconds(60);

    private final Map<PeerId, Integer> streams = new ConcurrentHashMap<>();

    @Override
    public void handle(Stream stream) throws IOException {
        PeerId peer = stream.remotePeer();
        try {
            if (streams.merge(peer, 1, Integer::sum) > MAX_PER_PEER) {
                throw new IOException("too many pings at once");
            }
            echo(stream);
        } finally {
            streams.computeIfPresent(peer, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    private static void echo(Stream stream) throws IOException {
        stream.setTimeout(IDLE);
        while (true) {
            byte[] ping = stream.input().readNBytes(Ping.SIZE);
            if (ping.length < Ping.SIZE) {
                return;
            }
            stream.output().write(ping);
        }
    }
}
