package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.console.Complaint;
import tools.jackson.databind.JsonNode;

/**
 * What a node's blocks take.
 *
 * @param used bytes on disk
 * @param max the most they may be
 * @param blocks how many
 */
record Repository(long used, long max, long blocks) {

    /** Asks {@code node}. */
    static Repository of(NodeClient node) throws Complaint {
        Repository[] told = {new Repository(0, 0, 0)};
        node.lines("stat", NodeRequest.of("repo/stat"), line -> told[0] = of(line));
        return told[0];
    }

    private static Repository of(JsonNode line) {
        return new Repository(line.path("RepoSize").asLong(0), line.path("StorageMax").asLong(0),
                line.path("NumObjects").asLong(0));
    }
}
