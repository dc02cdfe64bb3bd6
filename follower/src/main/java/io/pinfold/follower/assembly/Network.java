package io.pinfold.follower.assembly;

import io.pinfold.follower.config.ClusterConfig;
import io.pinfold.libp2p.host.HostRuntime;
import io.pinfold.libp2p.host.TcpHost;
import io.pinfold.libp2p.pubsub.gossip.GossipConfig;
import io.pinfold.libp2p.pubsub.gossip.GossipSub;
import io.pinfold.libp2p.transport.ListenException;
import io.pinfold.rpc.client.RpcClient;
import io.pinfold.rpc.client.RpcClientConfig;
import io.pinfold.trust.Identity;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The peer's place on the network: host, publish-subscribe, and calls to others. */
final class Network implements AutoCloseable {

    final TcpHost host;
    final GossipSub gossip;
    final RpcClient client;

    private Network(TcpHost host, GossipSub gossip, RpcClient client) {
        this.host = host;
        this.gossip = gossip;
        this.client = client;
    }

    static Network open(Identity identity, ClusterConfig config, String version, InstantSource clock, Counters counters)
            throws ListenException {
        var host = new TcpHost(identity.key(), config.host("pinfold/" + version), HostRuntime.system());
        var gossip = GossipSub.start(host, identity.key(), GossipConfig.DEFAULT, clock, new SecureRandom(),
                Thread::sleep,
                counters);
        return new Network(host, gossip, new RpcClient(host, clock, RpcClientConfig.DEFAULT, counters));
    }

    @Override
    public void close() {
        client.close();
        gossip.close();
        host.close();
    }
}
