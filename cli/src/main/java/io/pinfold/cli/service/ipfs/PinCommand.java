package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.console.CommandGroup;
import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Values;
import io.pinfold.multiformats.Cid;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code ipfs pin}. */
@Command(name = "pin", description = "what this node keeps", subcommands = PinCommand.Ls.class)
final class PinCommand extends CommandGroup {

    /** Kinds of pins. */
    enum Type {
        /** A root with all below it. */
        RECURSIVE,
        /** One block. */
        DIRECT,
        /** A block below a root that is pinned recursively. */
        INDIRECT,
        /** Any of these. */
        ALL
    }

    /** {@code ipfs pin ls}. */
    @Command(name = "ls", description = "the pins of this node, those of the cluster and its operator's own: CID, type, name")
    static final class Ls extends NodeCommand {

        @Parameters(paramLabel = "CID", arity = "0..*", description = "tell of these only; one that is not pinned is an error")
        private List<String> cids = new ArrayList<>();

        @Option(names = {"-t",
            "--type"}, paramLabel = "recursive|direct|indirect|all", description = "pins of this type only (default: recursive; with CIDs, all)")
        private @Nullable Type type;

        @Override
        IpfsContext.Work<Integer> prepare(IpfsContext context) throws Complaint {
            List<Cid> asked = new ArrayList<>();
            for (String text : cids) {
                asked.add(Values.of(Shown.text(text), Cid.parse(text), IpfsExit.USAGE));
            }
            Type wanted = type != null ? type : asked.isEmpty() ? Type.RECURSIVE : Type.ALL;
            NodeRequest request = NodeRequest.of("pin/ls")
                    .with("stream", true)
                    .with("names", true)
                    .with("type", wanted.name().toLowerCase(Locale.ROOT));
            Output output = Output.of(context);
            return node -> {
                if (asked.isEmpty()) {
                    node.lines("pin ls", request, line -> write(output, line));
                }
                for (Cid cid : asked) {
                    node.lines(cid.toString(), request.with("arg", cid), line -> write(output, line));
                }
                output.end();
                return IpfsExit.OK;
            };
        }

        private static void write(Output output, JsonNode line) {
            String cid = line.path("Cid").asString("");
            if (cid.isEmpty()) {
                return; // a sign of life
            }
            String kind = line.path("Type").asString("");
            String name = line.path("Name").asString("");
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("cid", cid).put("type", kind);
            output.row((cid + " " + Shown.text(kind) + " " + Shown.text(name)).stripTrailing(), json.put("name", name));
        }
    }
}
