package io.pinfold.libp2p.transport;

import io.pinfold.libp2p.limit.Deadline;
import io.pinfold.multiformats.Multiaddr;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Opens TCP links. */
public final class TcpDialer {

    private TcpDialer() {}

    /** Whether {@code address} is one that TCP alone leads to. */
    public static boolean dials(Multiaddr address) {
        return address.isPlainTcp();
    }

    /**
     * Connects to {@code ip} at the port of {@code address}, an address that {@link #dials} holds for.
     *
     * @throws java.net.ConnectException if nobody listens there
     * @throws java.net.SocketTimeoutException if nobody answers in time
     */
    public static Link dial(Multiaddr address, InetAddress ip, Deadline deadline) throws IOException {
        int port = address.tcpEndpoint().orElseThrow().getPort();
        Socket socket = new Socket();
        boolean connected = false;
        try {
            socket.connect(new InetSocketAddress(ip, port), millis(deadline.left()));
            Link link = new TcpLink(socket);
            connected = true;
            return link;
        } finally {
            if (!connected) {
                TcpLink.closeQuietly(socket);
            }
        }
    }

    /** For {@link Socket}, where 0 stands for no end. */
    private static int millis(Duration left) {
        return Math.clamp(left.toMillis(), 1, Integer.MAX_VALUE);
    }
}
