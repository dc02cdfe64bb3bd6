package io.pinfold.libp2p.host;

import io.pinfold.libp2p.OpenResult;
import io.pinfold.libp2p.limit.Deadline;
import io.pinfold.libp2p.multistream.Multistream;
import io.pinfold.libp2p.transport.HandshakeException;
import io.pinfold.libp2p.transport.HandshakeException.Reason;
import io.pinfold.libp2p.transport.Watchdog;
import io.pinfold.libp2p.yamux.YamuxStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Opens streams on a connection and agrees on their protocol.
 *
 * <p>A protocol that the peer is known to speak is only announced, which saves a round trip; should the peer not speak it
 * any more, the first read says so.
 */
final class StreamOpener {

    private final ScheduledExecutorService scheduler;

    StreamOpener(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /** Opens a stream on {@code connection} for the first of {@code protocols} that both sides speak. */
    OpenResult open(PeerConnection connection, List<String> protocols, Set<String> known, Deadline deadline) {
        YamuxStream stream;
        try {
            stream = connection.session().open(deadline.left());
        } catch (IOException e) {
            return new OpenResult.Failed(String.valueOf(e.getMessage()));
        }
        boolean opened = false;
        try (Watchdog watchdog = new Watchdog(scheduler, deadline.left(), stream::reset)) {
            Optional<String> spoken = protocols.stream().filter(known::contains).findFirst();
            PeerStream agreed = spoken.isPresent()
                    ? announce(connection, stream, spoken.get())
                    : propose(connection, stream, protocols);
            opened = !watchdog.fired();
            return new OpenResult.Opened(agreed);
        } catch (HandshakeException e) {
            return e.reason() == Reason.NO_COMMON_PROTOCOL
                    ? new OpenResult.Unsupported(protocols)
                    : new OpenResult.Failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new OpenResult.Failed(String.valueOf(e.getMessage()));
        } finally {
            if (!opened) {
                stream.reset();
            }
        }
    }

    private static PeerStream announce(PeerConnection connection, YamuxStream stream, String protocol)
            throws IOException {
        InputStream input = Multistream.announce(stream.input(), stream.output(), protocol);
        return new PeerStream(connection, protocol, stream, input);
    }

    private static PeerStream propose(PeerConnection connection, YamuxStream stream, List<String> protocols)
            throws IOException {
        String protocol = Multistream.propose(stream.input(), stream.output(), protocols);
        return new PeerStream(connection, protocol, stream, stream.input());
    }
}
