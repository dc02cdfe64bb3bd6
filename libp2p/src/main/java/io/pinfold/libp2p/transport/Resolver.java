package io.pinfold.libp2p.transport;

import io.pinfold.libp2p.limit.Deadline;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Protocol;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Finds the IP addresses behind an address that names a host.
 *
 * <p>The system's resolver blocks in native code, so it runs on a few threads of its own.
 */
public final class Resolver implements AutoCloseable {

    /** Look-ups that run at once. */
    public static final int THREADS = 4;
    /** Look-ups that wait; one more fails. */
    public static final int QUEUE = 64;
    /** Addresses of a name that are used; a name with hundreds is somebody's attempt to make us dial. */
    public static final int MAX_ADDRESSES = 8;

    private final ExecutorService threads = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE), Thread.ofPlatform().daemon().name("resolver-", 0).factory());
    private final Lookup lookup;

    /** Asks for the addresses of a host name, blocking. */
    @FunctionalInterface
    public interface Lookup {
        /** All addresses of {@code host}. */
        InetAddress[] lookup(String host) throws UnknownHostException;
    }

    /** Look-ups by {@code lookup}, {@link InetAddress#getAllByName} in earnest. */
    public Resolver(Lookup lookup) {
        this.lookup = lookup;
    }

    /** The IP addresses of {@code address}, an address with a TCP endpoint, at most {@value #MAX_ADDRESSES}. */
    public List<InetAddress> resolve(Multiaddr address, Deadline deadline) throws IOException {
        InetSocketAddress endpoint = address.tcpEndpoint().orElseThrow();
        if (endpoint.getAddress() != null) {
            return List.of(endpoint.getAddress());
        }
        Class<? extends InetAddress> family = switch (address.components().getFirst().protocol()) {
            case Protocol.DNS4 -> Inet4Address.class;
            case Protocol.DNS6 -> Inet6Address.class;
            default -> InetAddress.class;
        };
        List<InetAddress> found = Stream.of(ask(endpoint.getHostString(), deadline))
                .filter(family::isInstance)
                .limit(MAX_ADDRESSES)
                .map(InetAddress.class::cast)
                .toList();
        if (found.isEmpty()) {
            throw new UnknownHostException("no address of the right kind");
        }
        return found;
    }

    private InetAddress[] ask(String host, Deadline deadline) throws IOException {
        Future<InetAddress[]> answer;
        try {
            answer = threads.submit(() -> lookup.lookup(host));
        } catch (RejectedExecutionException e) {
            throw new IOException("too many look-ups wait", e);
        }
        try {
            return answer.get(deadline.leftNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new UnknownHostException(host);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new SocketTimeoutException("no name server answered");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Ends; a look-up that still runs ends by itself. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
