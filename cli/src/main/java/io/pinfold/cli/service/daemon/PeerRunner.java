package io.pinfold.cli.service.daemon;

import io.pinfold.api.doors.IpfsDoors;
import io.pinfold.api.http.Cors;
import io.pinfold.api.http.HttpConfig;
import io.pinfold.api.http.HttpServer;
import io.pinfold.api.http.ListenAddress;
import io.pinfold.api.rest.RestApi;
import io.pinfold.follower.assembly.Peer;
import io.pinfold.follower.assembly.PeerFiles;
import io.pinfold.follower.assembly.PeerSetup;
import io.pinfold.follower.assembly.PeerStart;
import io.pinfold.follower.config.RestConfig;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the peer that {@code follower} puts together, and the REST API over it. */
public final class PeerRunner implements DaemonRunner {

    private static final Logger LOG = LoggerFactory.getLogger(PeerRunner.class);

    @Override
    public Start start(DaemonPlan plan) {
        PeerSetup setup = new PeerSetup(plan.folder(), plan.identity(), plan.genesis(), plan.bootstrap(), plan.ipfs(),
                plan.config(), plan.version());
        return switch (Peer.start(setup)) {
            case PeerStart.Started(Peer peer) -> serve(peer, plan);
            case PeerStart.CannotListen(String address, String detail) -> new Start.CannotListen(address, detail);
            case PeerStart.Unusable(String sentence) -> new Start.Unusable(sentence);
        };
    }

    private static Start serve(Peer peer, DaemonPlan plan) {
        List<AutoCloseable> open = new ArrayList<>(List.of(peer));
        boolean serving = false;
        try {
            Start start = doors(peer, plan, open);
            serving = start instanceof Start.Running;
            return start;
        } finally {
            if (!serving) {
                close(open);
            }
        }
    }

    private static Start doors(Peer peer, DaemonPlan plan, List<AutoCloseable> open) {
        return switch (IpfsDoors.open(peer, plan.config().doors(), new PeerFiles(plan.folder()).ipfsSocket())) {
            case IpfsDoors.Opened.Refused(String key, String address, String why) ->
                new Start.CannotListen(address + " (" + key + ")", why);
            case IpfsDoors.Opened.Open(IpfsDoors doors) -> {
                open.add(doors);
                yield plan.config().rest().listen().isEmpty()
                        ? new Start.Running(new RunningPeer(List.copyOf(open), List.of()))
                        : listen(peer, plan.config().rest(), open);
            }
        };
    }

    private static Start listen(Peer peer, RestConfig config, List<AutoCloseable> open) {
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
        return switch (HttpServer.start(http, RestApi.routes(peer.view(), InstantSource.system()))) {
            case HttpServer.Started.Listening(HttpServer server) -> {
                open.add(server);
                yield new Start.Running(new RunningPeer(List.copyOf(open),
                        server.addresses().stream().map(ListenAddress::toString).toList()));
            }
            case HttpServer.Started.Refused(ListenAddress address, String why) ->
                new Start.CannotListen(address.toString(), why);
        };
    }

    /** @param open what runs, in the order in which it was opened */
    private record RunningPeer(List<AutoCloseable> open, List<String> apiAddresses) implements Daemon {

        @Override
        public void close() {
            PeerRunner.close(open);
        }
    }

    private static void close(List<AutoCloseable> open) {
        for (AutoCloseable part : open.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.error("a part of the peer did not close", e);
            }
        }
    }
}
