package io.pinfold.api.kubo;

import io.pinfold.api.http.Reply;
import io.pinfold.ipfsnode.Blockstore.Usage;
import io.pinfold.ipfsnode.pins.Collected;
import io.pinfold.ipfsnode.pins.CollectionOutcome;
import io.pinfold.ipfsnode.pins.Verification;
import io.pinfold.ipfsnode.view.NodeView;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import java.util.Map;

/** {@code repo/stat}, {@code repo/gc} and {@code repo/verify}. */
record RepositoryCommands(NodeView node) {

    private static final String VERSION = "pinfold@1";

    Map<String, KuboApi.Command> commands() {
        return Map.of("repo/stat", this::stat, "repo/gc", this::collect, "repo/verify", this::verify);
    }

    private Reply stat(Arguments arguments) throws CommandException {
        boolean sizeOnly = arguments.flag("size-only", false);
        Usage usage = node.repository().usage();
        return KuboReplies.json(json -> {
            json.writeStartObject();
            json.writeNumberProperty("RepoSize", node.repository().used());
            json.writeNumberProperty("StorageMax", node.repository().max());
            json.writeNumberProperty("NumObjects", sizeOnly ? 0 : usage.blocks());
            json.writeStringProperty("RepoPath", sizeOnly ? "" : node.repository().folder().toString());
            json.writeStringProperty("Version", sizeOnly ? "" : VERSION);
            json.writeEndObject();
        });
    }

    /** Kubo tells each block that it removes; here the sums are told, to who asks for them with {@code totals}. */
    private Reply collect(Arguments arguments) throws CommandException {
        boolean totals = arguments.flag("totals", false);
        return KuboReplies.lines(lines -> {
            switch (node.repository().collect()) {
                case CollectionOutcome.Trouble(String detail, boolean full) -> throw CommandException
                        .failed((full ? "the disk is full: " : "the disk failed: ") + detail);
                case CollectionOutcome.Interrupted _ -> throw CommandException.failed("the node is being stopped");
                case CollectionOutcome.Done(Collected collected) when totals -> lines.add(json -> {
                    json.writeStartObject();
                    json.writeNumberProperty("Blocks", collected.blocks());
                    json.writeNumberProperty("Bytes", collected.bytes());
                    json.writeEndObject();
                });
                case CollectionOutcome.Done _ -> {
                }
            }
        });
    }

    private Reply verify(Arguments arguments) {
        return KuboReplies.lines(lines -> {
            Verification result = node.repository().verify(new Verification.Watcher() {
                @Override
                public void found(Verification.Problem problem) {
                    tell(lines, text(problem), 0);
                }

                @Override
                public void compared(long blocks) {
                    tell(lines, "", blocks);
                }
            });
            if (result.damaged() + result.missing() > 0) {
                throw CommandException.failed("verify complete, " + result.damaged() + " blocks were corrupt, "
                        + result.missing() + " are missing");
            }
            tell(lines, "verify complete, all blocks validated.", 0);
        });
    }

    private static String text(Verification.Problem problem) {
        return switch (problem) {
            case Verification.Problem.Damaged(var hash) ->
                "block " + Cid.v1(Multicodec.RAW, hash) + " was corrupt, removed";
            case Verification.Problem.Missing(var cid) -> "block " + cid + " is pinned and missing";
        };
    }

    private static void tell(JsonLines lines, String message, long progress) {
        lines.add(json -> {
            json.writeStartObject();
            json.writeStringProperty("Msg", message);
            json.writeNumberProperty("Progress", progress);
            json.writeEndObject();
        });
    }
}
