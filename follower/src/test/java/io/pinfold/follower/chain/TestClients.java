package io.pinfold.follower.chain;

import io.pinfold.libp2p.Host;
import io.pinfold.rpc.client.RpcClient;
import io.pinfold.rpc.client.RpcClientConfig;
import java.lang.reflect.Proxy;
import java.time.InstantSource;

/** Clients of the peer RPC for tests. */
final class TestClients {

    private TestClients() {}

    /** A client that must not be used: its host does nothing but throw. */
    static RpcClient none() {
        Host host = (Host) Proxy.newProxyInstance(Host.class.getClassLoader(), new Class<?>[]{Host.class},
                (_, method, _) -> {
                    throw new AssertionError("called: " + method);
                });
        return new RpcClient(host, InstantSource.system(), RpcClientConfig.DEFAULT, (_, _) -> {});
    }
}
