package io.pinfold.cli.training;

import io.pinfold.cli.console.Console;
import io.pinfold.cli.ctl.rest.RestRequest;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The life of a publisher and a follower: made, started, asked, told to pin, in step with each other, stopped. */
final class PeerTraining {

    private static final int PINS = 40;

    private PeerTraining() {}

    static void run(Console console) throws Exception {
        Path folder = Files.createTempDirectory("pinfold-training");
        try (CannedKubo node = new CannedKubo();
                TrainingPeer publisher = new TrainingPeer(console, folder.resolve("publisher"), "--pinning",
                        node.address())) {
            publisher.run("id", "--enc", "json");
            publisher.run("config", "show");
            Path template = folder.resolve("template.json");
            Files.writeString(template, publisher.run("template", "show"));
            publisher.start();
            use(publisher, 0);
            try (TrainingPeer follower = new TrainingPeer(console, folder.resolve("follower"), "--pinning",
                    node.address(), "--template", template.toString())) {
                follower.start();
                follower.await(RestRequest.get("/allocations", cid(PINS - 1)));
                use(publisher, PINS);
                follower.await(RestRequest.get("/allocations", cid(2 * PINS - 1)));
                ask(follower);
            }
        } finally {
            delete(folder);
        }
    }

    private static void use(TrainingPeer peer, int first) {
        for (int i = first; i < first + PINS; i++) {
            peer.send(RestRequest.post("/pins", cid(i)).with("name", "n"));
        }
        ask(peer);
        peer.send(RestRequest.delete("/pins", cid(first)));
    }

    private static void ask(TrainingPeer peer) {
        for (String path : List.of("/id", "/peers", "/allocations", "/pins", "/sync", "/health", "/health/alerts")) {
            peer.send(RestRequest.get(path));
        }
        peer.send(RestRequest.get("/pins", cid(1)));
    }

    private static String cid(int i) {
        Bytes text = Bytes.copyOf(("training " + i).getBytes(StandardCharsets.US_ASCII));
        return Cid.v1(Multicodec.RAW, Multihash.identity(text)).toString();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
