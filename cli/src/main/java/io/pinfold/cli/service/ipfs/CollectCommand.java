package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Sizes;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code ipfs gc}. */
@Command(name = "gc", description = "remove the blocks that no pin keeps, and tell what that freed")
final class CollectCommand extends NodeCommand {

    @Override
    IpfsContext.Work<Integer> prepare(IpfsContext context) {
        return node -> {
            Repository before = Repository.of(node);
            Removed removed = new Removed();
            node.lines("gc", NodeRequest.of("repo/gc").with("stream-errors", true).with("totals", true), removed::take);
            Repository after = Repository.of(node);
            long freed = Math.max(0, before.used() - after.used());
            Output.of(context)
                    .show(removed.blocks + " blocks removed, " + Sizes.decimal(freed) + " freed; "
                            + Sizes.decimal(after.used()) + " in " + after.blocks() + " blocks stay\n",
                            JsonNodeFactory.instance.objectNode()
                                    .put("removed_blocks", removed.blocks)
                                    .put("freed_bytes", freed)
                                    .put("used_bytes", after.used())
                                    .put("blocks", after.blocks()));
            if (!removed.problem.isEmpty()) {
                throw new Complaint("error: gc: not all could be removed: " + Shown.text(removed.problem),
                        IpfsExit.FAILED);
            }
            return IpfsExit.OK;
        };
    }

    private static final class Removed {

        private long blocks;
        private String problem = "";

        void take(JsonNode line) {
            if (line.has("Key") && line.path("Key").has("/")) {
                blocks++;
            }
            blocks += line.path("Blocks").asLong(0); // the node within a peer tells sums, not single blocks
            String error = line.path("Error").asString("");
            problem = error.isEmpty() ? problem : error;
        }
    }
}
