package io.pinfold.cli.service.daemon;

import io.pinfold.api.http.Cors;
import io.pinfold.api.http.HttpConfig;
import io.pinfold.api.http.HttpServer;
import io.pinfold.api.http.ListenAddress;
import io.pinfold.api.rest.RestApi;
import io.pinfold.follower.assembly.Peer;
import io.pinfold.follower.assembly.PeerSetup;
import io.pinfold.follower.assembly.PeerStart;
import io.pinfold.follower.config.RestConfig;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts the peer that {@code follower} puts together, and the REST API over it. */
public final class PeerRunner implements DaemonRunner {

    @Override
    public Start start(DaemonPlan plan) {
        PeerSetup setup = new PeerSetup(plan.folder(), plan.identity(), plan.genesis(), plan.bootstrap(), plan.ipfs(),
                plan.config(), plan.version());
        return switch (Peer.start(setup)) {
            case PeerStart.Started(Peer peer) -> serve(peer, plan.config().rest());
            case PeerStart.CannotListen(String address, String detail) -> new Start.CannotListen(address, detail);
            case PeerStart.Unusable(String sentence) -> new Start.Unusable(sentence);
        };
    }

    private static Start serve(Peer peer, RestConfig config) {
        boolean serving = false;
        try {
            Start start = config.listen().isEmpty()
                    ? new Start.Running(new RunningPeer(peer, Optional.empty()))
                    : listen(peer, config);
            serving = start instanceof Start.Running;
            return start;
        } finally {
            if (!serving) {
                peer.close();
            }
        }
    }

    private static Start listen(Peer peer, RestConfig config) {
        List<ListenAddress> addresses = new ArrayList<>();
        for (String address : config.listen()) {
            switch (ListenAddress.parse(address)) {
                case Decoded.Ok<ListenAddress>(ListenAddress parsed) -> addresses.add(parsed);
                case Decoded.Refused<ListenAddress>(Refusal refusal) -> {
                    return new Start.CannotListen(address, refusal.detail());
                }
            }
        }
        HttpConfig http = new HttpConfig(addresses, config.credentials(), Cors.NONE, Map.of(),
                HttpConfig.Limits.DEFAULT);
        return switch (HttpServer.start(http, RestApi.routes(peer, InstantSource.system()))) {
            case HttpServer.Started.Listening(HttpServer server) ->
                new Start.Running(new RunningPeer(peer, Optional.of(server)));
            case HttpServer.Started.Refused(ListenAddress address, String why) ->
                new Start.CannotListen(address.toString(), why);
        };
    }

    private record RunningPeer(Peer peer, Optional<HttpServer> server) implements Daemon {

        @Override
        public List<String> apiAddresses() {
            return server.map(HttpServer::addresses).orElse(List.of()).stream().map(ListenAddress::toString).toList();
        }

        @Override
        public void close() {
            server.ifPresent(HttpServer::close);
            peer.close();
        }
    }
}
