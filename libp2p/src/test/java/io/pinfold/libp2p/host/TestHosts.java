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
import org.assertj.core.api.Assertions;

/** Hosts on loopback that end with their test. */
public final class TestHosts implements AutoCloseable {

    /** Long enough for anything that works, on a busy machine. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<TcpHost> hosts = new ArrayList<>();

    /** A configuration that listens on a free port of loopback. */
    public static HostConfig onLoopback() {
        return HostConfig.DEFAULT.withListen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0").orElseThrow()));
    }

    /** A host with a key of its own. */
    public TcpHost start(HostConfig config) throws ListenException {
        TcpHost host = Hosts.start(PrivateKey.generate(RANDOM), config);
        hosts.add(host);
        return host;
    }

    /** A host that listens on loopback. */
    public TcpHost start() throws ListenException {
        return start(onLoopback());
    }

    /** The id of a peer that does not exist. */
    public PeerId newId() {
        return PrivateKey.generate(RANDOM).peerId();
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

    @Override
    public void close() {
        hosts.forEach(TcpHost::close);
    }
}
