package io.pinfold.testkit.programs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Ports of loopback that nobody listens on, for programs that are told their port and come back to it after a restart.
 *
 * <p>They lie below those that the system gives to outgoing connections, so that none of these takes one meanwhile.
 */
public final class FreePorts {

    private static final int FIRST = 12_000;
    private static final int COUNT = 16_000;
    private static final AtomicInteger NEXT = new AtomicInteger(RandomGenerator.getDefault().nextInt(COUNT));

    private FreePorts() {}

    /** The next one; never the same twice in this process. */
    public static int next() {
        for (int attempt = 0; attempt < COUNT; attempt++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // somebody listens there
            }
        }
        throw new IllegalStateException("no port is free");
    }
}
