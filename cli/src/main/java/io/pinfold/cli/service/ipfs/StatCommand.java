package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Sizes;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code ipfs stat}. */
@Command(name = "stat", description = "how much this node holds and may hold")
final class StatCommand extends NodeCommand {

    @Override
    IpfsContext.Work<Integer> prepare(IpfsContext context) {
        return node -> {
            Repository repository = Repository.of(node);
            long recursive = pins(node, "recursive");
            long direct = pins(node, "direct");
            String share = repository.max() > 0
                    ? " of " + Sizes.decimal(repository.max()) + " (ipfs.max_storage)"
                    : "";
            Output.of(context)
                    .show("used:   " + Sizes.decimal(repository.used()) + share + "\nblocks: " + repository.blocks()
                            + "\npins:   " + recursive + " recursive, " + direct + " direct\n",
                            JsonNodeFactory.instance.objectNode()
                                    .put("used_bytes", repository.used())
                                    .put("max_bytes", repository.max())
                                    .put("blocks", repository.blocks())
                                    .put("recursive_pins", recursive)
                                    .put("direct_pins", direct));
            return IpfsExit.OK;
        };
    }

    private static long pins(NodeClient node, String type) throws Complaint {
        long[] count = new long[1];
        node.lines("stat", NodeRequest.of("pin/ls").with("type", type).with("stream", true),
                line -> count[0] += line.has("Cid") ? 1 : 0);
        return count[0];
    }
}
