package io.pinfold.cli.ctl;

import io.pinfold.cli.ctl.rest.RestRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How files become blocks; what is left out is what {@code ipfs add} does. */
final class AddChoices {

    @Option(names = "--format", paramLabel = "unixfs|car", description = "files and folders, or one CAR with one root (default: unixfs)")
    private String format = "";

    @Option(names = "--layout", paramLabel = "LAYOUT", description = "of the blocks of a file; balanced is there")
    private String layout = "";

    @Option(names = "--chunker", paramLabel = "size-BYTES", description = "how files are cut (default: size-262144)")
    private String chunker = "";

    @Option(names = "--raw-leaves", arity = "0..1", fallbackValue = "true", paramLabel = "true|false", description = "whether the pieces of files are raw blocks (default: with --cid-version 1)")
    private @Nullable Boolean rawLeaves;

    @Option(names = "--cid-version", paramLabel = "0|1", description = "of the CIDs (default: 0)")
    private String cidVersion = "";

    @Option(names = "--hash", paramLabel = "NAME", description = "hash function; any but sha2-256 means --cid-version 1")
    private String hash = "";

    @Option(names = "--local", description = "taken and without effect: the peer that takes the files always holds them")
    private boolean local;

    @Option(names = "--no-pin", description = "store the blocks without a pin; they go when room is needed")
    private boolean noPin;

    boolean isCar() {
        return format.equals("car");
    }

    boolean isPinned() {
        return !noPin;
    }

    RestRequest addTo(RestRequest request) {
        return request.with("format", format)
                .with("layout", layout)
                .with("chunker", chunker)
                .with("raw-leaves", rawLeaves == null ? "" : rawLeaves.toString())
                .with("cid-version", cidVersion)
                .with("hash", hash)
                .with("local", local ? "true" : "")
                .with("no-pin", noPin ? "true" : "");
    }
}
