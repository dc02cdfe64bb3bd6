package io.pinfold.cli.training;

import io.pinfold.cli.ctl.rest.RestRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What an operator does with the IPFS node within a peer: files go into the cluster and into the node, and come out again. */
final class NodeTraining {

    private static final int FILES = 40;
    private static final int LINES = 100_000;

    private NodeTraining() {}

    /** Uses the node of {@code peer}, which runs; {@code base} is a folder to work in. Gives the CID of a file that stays. */
    static String run(TrainingPeer peer, Path base) throws Exception {
        Path films = Files.createDirectories(base.resolve("films"));
        for (int i = 0; i < FILES; i++) {
            Files.writeString(films.resolve("note " + i), "a note " + i);
        }
        Files.writeString(films.resolve("film"), "scene\n".repeat(LINES));
        peer.add(RestRequest.post("/add").with("recursive", "true").with("name", "films"), films);

        String root = peer.run("ipfs", "add", "-r", "-Q", "--cid-version=1", films.toString()).strip();
        String car = base.resolve("films.car").toString();
        for (List<String> words : List.of(List.of("ls", root), List.of("--enc", "json", "ls", root),
                List.of("cat", root + "/film"), List.of("get", root, "-o", base.resolve("back").toString()),
                List.of("pin", "ls"), List.of("stat"), List.of("export", root, "-o", car), List.of("import", car),
                List.of("gc"), List.of("verify"))) {
            peer.run(Stream.concat(Stream.of("ipfs"), words.stream()).toArray(String[]::new));
        }
        return root + "/film";
    }
}
