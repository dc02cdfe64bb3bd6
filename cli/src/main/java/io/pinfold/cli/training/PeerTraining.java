package io.pinfold.cli.training;

import io.pinfold.cli.console.Console;
import io.pinfold.cli.ctl.rest.Endpoint;
import io.pinfold.cli.ctl.rest.RestClient;
import io.pinfold.cli.ctl.rest.RestConfig;
import io.pinfold.cli.ctl.rest.RestOutcome;
import io.pinfold.cli.ctl.rest.RestRequest;
import io.pinfold.cli.service.Service;
import io.pinfold.cli.service.daemon.StopSignal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/** The life of a peer: made, started, asked, told to pin, stopped. It has no IPFS node, and nobody hears of it. */
final class PeerTraining {

    private static final int MAX_TRIES = 600;

    private PeerTraining() {}

    static void run(Console console) throws Exception {
        Path folder = Files.createTempDirectory("pinfold-training");
        try {
            int port = freePort();
            String config = folder.resolve("peer").toString();
            service(console, StopSignal.byHand(), "--config", config, "init", "--set",
                    "cluster.listen=/ip4/127.0.0.1/tcp/" + freePort(), "--set",
                    "api.rest.listen=/ip4/127.0.0.1/tcp/" + port, "--pinning", "ipfs://127.0.0.1:9");
            service(console, StopSignal.byHand(), "--config", config, "id", "--enc", "json");
            service(console, StopSignal.byHand(), "--config", config, "config", "show");
            service(console, StopSignal.byHand(), "--config", config, "template", "show");
            StopSignal signal = StopSignal.byHand();
            FutureTask<Void> daemon = new FutureTask<>(() -> {
                service(console, signal, "--config", config, "daemon", "--alone");
                return null;
            });
            Thread.ofPlatform().start(daemon);
            try {
                use(port, daemon);
            } finally {
                signal.ask();
            }
            daemon.get();
        } finally {
            delete(folder);
        }
    }

    private static void service(Console console, StopSignal signal, String... words) {
        int code = Service.run(console, signal, words);
        if (code != 0) {
            throw new IllegalStateException(String.join(" ", words) + " ended with " + code);
        }
    }

    private static void use(int port, FutureTask<Void> daemon) throws Exception {
        Endpoint endpoint = Endpoint.parse("http://127.0.0.1:" + port).orElseThrow();
        RestClient api = new RestClient(new RestConfig(List.of(endpoint), "http", 30_000, Optional.empty(), true,
                _ -> {}));
        for (int tries = 0; !(api.send(RestRequest.get("/version"), _ -> {}) instanceof RestOutcome.Done); tries++) {
            if (daemon.isDone() || tries == MAX_TRIES) {
                throw new IllegalStateException("the peer does not answer");
            }
            Thread.sleep(50);
        }
        for (String path : List.of("/id", "/peers", "/allocations", "/pins", "/sync", "/health", "/health/alerts")) {
            api.send(RestRequest.get(path), _ -> {});
        }
        api.send(RestRequest.post("/pins", CannedApi.CID).with("name", "n"), _ -> {});
        api.send(RestRequest.get("/allocations", CannedApi.CID), _ -> {});
        api.send(RestRequest.get("/pins", CannedApi.CID), _ -> {});
        api.send(RestRequest.delete("/pins", CannedApi.CID), _ -> {});
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
