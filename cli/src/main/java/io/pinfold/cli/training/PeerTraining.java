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

/**
 * The life of a publisher and of followers, whose IPFS nodes are within them or Kubo's: made, started, asked, told to pin, in step
 * with each other, stopped.
 */
final class PeerTraining {

    private static final int PINS = 40;

    private PeerTraining() {}

    static void run(Console console) throws Exception {
        Path folder = Files.createTempDirectory("pinfold-training");
        try (TrainingPeer publisher = new TrainingPeer(console, folder.resolve("publisher"))) {
            publisher.run("id", "--enc", "json");
            publisher.run("config", "show");
            Path template = folder.resolve("template.json");
            Files.writeString(template, publisher.run("template", "show"));
            publisher.start();
            String film = NodeTraining.run(publisher, folder);
            use(publisher, 0);
            try (CannedKubo node = new CannedKubo();
                    TrainingPeer volunteer = new TrainingPeer(console, folder.resolve("volunteer"), "--template",
                            template.toString());
                    TrainingPeer other = new TrainingPeer(console, folder.resolve("other"), "--pinning",
                            node.address(), "--template", template.toString())) {
                for (TrainingPeer follower : List.of(volunteer, other)) {
                    follower.start();
                    follower.await(RestRequest.get("/allocations", cid(PINS - 1)));
                }
                volunteer.run("ipfs", "cat", film);
                use(publisher, PINS);
                other.await(RestRequest.get("/allocations", cid(2 * PINS - 1)));
                ask(other);
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
