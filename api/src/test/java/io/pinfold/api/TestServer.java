package io.pinfold.api;

import io.pinfold.api.http.HttpConfig;
import io.pinfold.api.http.HttpServer;
import io.pinfold.api.http.ListenAddress;
import io.pinfold.api.http.Router;
import io.pinfold.api.rest.RestApi;
import io.pinfold.follower.view.ClusterPeer;
import java.net.InetSocketAddress;

import static org.assertj.core.api.Assertions.assertThat;

/** A server on a free port of the loopback address. */
public record TestServer(HttpServer server) implements AutoCloseable {

    /** Where tests listen. */
    public static final ListenAddress LOOPBACK = ListenAddress.parse("/ip4/127.0.0.1/tcp/0").orElseThrow();

    /** The REST API of a peer. */
    public static TestServer of(ClusterPeer peer) {
        return of(HttpConfig.at(LOOPBACK), RestApi.routes(peer, () -> Samples.NOW));
    }

    /** Any routes. */
    public static TestServer of(HttpConfig config, Router router) {
        HttpServer.Started started = HttpServer.start(config, router);
        assertThat(started).isInstanceOf(HttpServer.Started.Listening.class);
        return new TestServer(((HttpServer.Started.Listening) started).server());
    }

    /** Its endpoint. */
    public InetSocketAddress endpoint() {
        return (InetSocketAddress) server.addresses().get(0).socketAddress();
    }

    /** A client for it. */
    public RawHttp http() {
        return new RawHttp(endpoint());
    }

    @Override
    public void close() {
        server.close();
    }
}
