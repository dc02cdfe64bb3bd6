package io.pinfold.rpc;

import io.pinfold.libp2p.OpenResult;
import io.pinfold.libp2p.Stream;
import io.pinfold.libp2p.sim.SimHost;
import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.rpc.client.RpcClient;
import io.pinfold.rpc.client.RpcClientConfig;
import io.pinfold.rpc.server.Authorizer;
import io.pinfold.rpc.server.Pause;
import io.pinfold.rpc.server.RpcHandler;
import io.pinfold.rpc.server.RpcServer;
import io.pinfold.rpc.server.RpcServerConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A called host, a trusted caller and a stranger, on a simulated network. */
public final class RpcFixture implements AutoCloseable {

    /** Longest time a test waits for what must happen. */
    public static final Duration SOON = Duration.ofSeconds(20);

    public final SimNetwork network = new SimNetwork(InstantSource.system());
    public final SimHost called = network.host();
    public final SimHost friend = network.host();
    public final SimHost stranger = network.host();
    public final RecordingMeter served = new RecordingMeter();
    public final RecordingMeter received = new RecordingMeter();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

    public RpcFixture() {
        network.connect(friend, called);
        network.connect(stranger, called);
    }

    /** Starts a server whose time is the system's. */
    public RpcServer serve(MethodTable table, Map<String, RpcHandler> handlers, RpcServerConfig config) {
        return serve(table, handlers, config, InstantSource.system(), Pause.SLEEP);
    }

    /** Starts a server with another time. */
    public RpcServer serve(MethodTable table, Map<String, RpcHandler> handlers, RpcServerConfig config,
            InstantSource clock, Pause pause) {
        RpcServer server = new RpcServer(called, table, handlers, new Authorizer(friend.id()::equals), config,
                new RpcServer.Environment(clock, pause, scheduler, served));
        server.start();
        return server;
    }

    /** A client of {@code host}. */
    public RpcClient client(SimHost host) {
        return new RpcClient(host, InstantSource.system(), RpcClientConfig.DEFAULT, received);
    }

    /** A bare stream from the stranger to the called host. */
    public Stream rawStream() {
        if (stranger.open(called.id(), List.of(RpcProtocol.ID), SOON) instanceof OpenResult.Opened(Stream stream)) {
            stream.setTimeout(SOON);
            return stream;
        }
        throw new AssertionError("no stream");
    }

    /** Runs {@code attack} on every stream that somebody opens to the called host. */
    public void serveRaw(io.pinfold.libp2p.StreamHandler attack) {
        called.handle(RpcProtocol.ID, attack);
    }

    @Override
    public void close() {
        network.close();
        scheduler.shutdownNow();
    }
}
