package io.pinfold.follower.assembly;

import io.pinfold.follower.config.folder.SwarmKeyFile;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.host.HostRuntime;
import io.pinfold.libp2p.host.TcpHost;
import io.pinfold.libp2p.pubsub.gossip.GossipConfig;
import io.pinfold.libp2p.pubsub.gossip.GossipSub;
import io.pinfold.libp2p.transport.ListenException;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.rpc.client.RpcClient;
import io.pinfold.rpc.client.RpcClientConfig;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The peer's place on the network: host, publish-subscribe, and calls to others. */
final class Network implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Network.class);

    final TcpHost host;
    final GossipSub gossip;
    final RpcClient client;

    private Network(TcpHost host, GossipSub gossip, RpcClient client) {
        this.host = host;
        this.gossip = gossip;
        this.client = client;
    }

    static Network open(PeerSetup setup, InstantSource clock, Counters counters)
            throws ListenException, Stores.UnusableException {
        PrivateKey key = setup.identity().key();
        HostConfig config = setup.config().cluster().host("pinfold/" + setup.version());
        var host = new TcpHost(key, within(SwarmKeyFile.in(setup.folder()), config), HostRuntime.system());
        var gossip = GossipSub.start(host, key, GossipConfig.DEFAULT, clock, new SecureRandom(),
                Thread::sleep,
                counters);
        return new Network(host, gossip, new RpcClient(host, clock, RpcClientConfig.DEFAULT, counters));
    }

    private static HostConfig within(SwarmKeyFile file, HostConfig config) throws Stores.UnusableException {
        return switch (file.within(config)) {
            case Decoded.Refused<HostConfig>(Refusal refusal) -> throw new Stores.UnusableException(refusal.detail());
            case Decoded.Ok<HostConfig>(HostConfig networked) -> {
                if (networked.privateNetwork().isPresent()) {
                    log.info("in the private network of {}: only who has that key is reached", file.path());
                }
                yield networked;
            }
        };
    }

    @Override
    public void close() {
        client.close();
        gossip.close();
        host.close();
    }
}
