package io.pinfold.libp2p.host;

import io.pinfold.libp2p.DialResult;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.Hosts;
import io.pinfold.libp2p.OpenResult;
import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.transport.ListenException;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.key.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Hosts on loopback that end with their test. */
public final class TestHosts implements AutoCloseable {

    /** Long enough for anything that works, on a busy machine. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<TcpHost> hosts = new ArrayList<>();
    private final List<PrivateKey> keys = new ArrayList<>();

    /** A configuration that listens on a free port of loopback. */
    public static HostConfig onLoopback() {
        return HostConfig.DEFAULT.withListen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0").orElseThrow()));
    }

    /** A host with a key of its own. */
    public TcpHost start(HostConfig config) throws ListenException {
        PrivateKey key = newKey();
        TcpHost host = Hosts.start(key, config);
        keys.add(key);
        hosts.add(host);
        return host;
    }

    /** A host that listens on loopback. */
    public TcpHost start() throws ListenException {
        return start(onLoopback());
    }

    /** The id of a peer that does not exist. */
    public PeerId newId() {
        return newKey().peerId();
    }

    /** A key that is nobody's. */
    public PrivateKey newKey() {
        return PrivateKey.generate(RANDOM);
    }

    /** The key of {@code host}. */
    public PrivateKey keyOf(TcpHost host) {
        return keys.get(hosts.indexOf(host));
    }

    /** Connects {@code from} to {@code to}. */
    public static void connect(TcpHost from, TcpHost to) {
        Assertions.assertThat(from.connect(to.id(), to.listenAddresses(), PATIENCE))
                .isInstanceOf(DialResult.Connected.class);
    }

    /** Opens a stream that has to open; its reads and writes are bounded. */
    public static Stream open(TcpHost from, PeerId to, String protocol) {
        OpenResult result = from.open(to, List.of(protocol), PATIENCE);
        Assertions.assertThat(result).isInstanceOf(OpenResult.Opened.class);
        Stream stream = ((OpenResult.Opened) result).stream();
        stream.setTimeout(PATIENCE);
        return stream;
    }

    /** Waits until {@code host} has counted {@code name} once. */
    public static void awaitCounted(TcpHost host, String name) {
        await(() -> host.metrics().get(name) == 1, () -> name + " in " + host.metrics().snapshot());
    }

    /** Waits until {@code condition} holds; not in time fails with {@code description}. */
    public static void await(BooleanSupplier condition, Supplier<String> description) {
        try {
            Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(condition::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(description.get(), e);
        }
    }

    @Override
    public void close() {
        hosts.forEach(TcpHost::close);
    }
}
