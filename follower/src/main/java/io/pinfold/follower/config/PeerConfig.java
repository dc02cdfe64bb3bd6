package io.pinfold.follower.config;

import io.pinfold.follower.tracker.TrackerConfig;
import io.pinfold.ipfsnode.node.EmbeddedNodeConfig;
import io.pinfold.rpc.server.RpcServerConfig;

/** The whole configuration of a peer, one record a component. */
public record PeerConfig(ClusterConfig cluster, TrustConfig trust, ChainConfig chain, PinningConfig pinning,
        EmbeddedNodeConfig ipfs, DoorsConfig doors, TrackerConfig tracker, RpcServerConfig rpc, RestConfig rest,
        MonitorConfig monitor,
        LogConfig log) {}
