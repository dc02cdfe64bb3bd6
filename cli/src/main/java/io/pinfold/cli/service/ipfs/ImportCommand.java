package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Sizes;
import io.pinfold.cli.console.TransferLine;
import io.pinfold.cli.files.FilesBody;
import io.pinfold.cli.files.LocalFiles;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code ipfs import}. */
@Command(name = "import", description = "put the blocks of CAR files into this node and pin the roots that the files name")
final class ImportCommand extends NodeCommand {

    @Parameters(paramLabel = "FILE.car", arity = "1..*", description = "the files; - is standard input")
    private List<String> cars = new ArrayList<>();

    @Option(names = "--pin-roots", negatable = true, defaultValue = "true", fallbackValue = "true", description = "keep the roots with all below them; what is imported with --no-pin-roots goes with the next collection")
    private boolean pin;

    @Override
    IpfsContext.Work<Integer> prepare(IpfsContext context) throws Complaint {
        LocalFiles files = new LocalFiles(cars, false, context.console().in());
        files.check(false, false, IpfsExit.USAGE);
        NodeRequest request = NodeRequest.of("dag/import").with("pin-roots", pin).with("stats", true);
        return node -> {
            Imported imported = new Imported();
            try (TransferLine line = new TransferLine(context.console(), "importing",
                    files.bytes(context.console()))) {
                node.upload("import", request, new FilesBody(files, new SecureRandom(), line::add), imported::take);
            }
            return imported.say(context, pin);
        };
    }

    /** What came of it. */
    private static final class Imported {

        private final ArrayNode roots = JsonNodeFactory.instance.arrayNode();
        private final List<String> text = new ArrayList<>();
        private long blocks;
        private long bytes;
        private int failed;

        void take(JsonNode line) {
            if (line.has("Root")) {
                String cid = line.path("Root").path("Cid").path("/").asString("");
                String problem = line.path("Root").path("PinErrorMsg").asString("");
                ObjectNode root = roots.addObject().put("cid", cid);
                if (!problem.isEmpty()) {
                    root.put("error", problem);
                    failed++;
                }
                text.add(cid + (problem.isEmpty() ? "" : " could not be pinned: " + Shown.text(problem)));
            }
            blocks += line.path("Stats").path("BlockCount").asLong(0);
            bytes += line.path("Stats").path("BlockBytesCount").asLong(0);
        }

        int say(IpfsContext context, boolean pinned) throws Complaint {
            StringBuilder all = new StringBuilder();
            text.forEach(root -> all.append(pinned ? "root " : "").append(root).append('\n'));
            all.append(blocks).append(" blocks, ").append(Sizes.decimal(bytes)).append('\n');
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("blocks", blocks).put("bytes", bytes);
            json.set("roots", roots);
            Output.of(context).show(all.toString(), json.put("pinned", pinned));
            if (failed > 0) {
                throw new Complaint("error: " + failed + " of " + text.size()
                        + " roots could not be pinned; most often, blocks below them are in no file", IpfsExit.FAILED);
            }
            return IpfsExit.OK;
        }
    }
}
