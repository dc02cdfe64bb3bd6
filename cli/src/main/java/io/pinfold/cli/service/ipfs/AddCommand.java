package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.TransferLine;
import io.pinfold.cli.files.FilesBody;
import io.pinfold.cli.files.LocalFiles;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code ipfs add}. */
@Command(name = "add", description = {"put files and folders into this node and pin them here",
    "They are on this node alone. 'cluster-ctl add' is what shares content with the cluster."})
final class AddCommand extends NodeCommand {

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "files and folders; - is standard input")
    private List<String> paths = new ArrayList<>();

    @Option(names = {"-r", "--recursive"}, description = "folders too, with all that they hold")
    private boolean recursive;

    @Option(names = {"-q", "--quiet"}, description = "write CIDs only")
    private boolean quiet;

    @Option(names = {"-Q",
        "--quieter"}, description = "write the last CID only: that of the last PATH, or of what is around all")
    private boolean quieter;

    @Option(names = {"-H", "--hidden"}, description = "also what within folders has a name that begins with a dot")
    private boolean hidden;

    @Option(names = {"-w", "--wrap",
        "--wrap-with-directory"}, description = "put a folder around all, which keeps their names")
    private boolean wrap;

    @Option(names = "--cid-version", paramLabel = "0|1", description = "version of CIDs (default: 0, as the program ipfs)")
    private @Nullable Integer cidVersion;

    @Option(names = "--raw-leaves", arity = "0..1", fallbackValue = "true", paramLabel = "true|false", description = "leaves of files without an envelope (default: with CIDs of version 1)")
    private @Nullable Boolean rawLeaves;

    @Option(names = {"-s",
        "--chunker"}, paramLabel = "CHUNKER", description = "how files are cut up, as in size-1048576 (default: size-262144)")
    private @Nullable String chunker;

    @Option(names = "--pin", negatable = true, defaultValue = "true", fallbackValue = "true", description = "keep it; what is added with --no-pin goes with the next collection")
    private boolean pin;

    @Override
    IpfsContext.Work<Integer> prepare(IpfsContext context) throws Complaint {
        LocalFiles files = new LocalFiles(paths, hidden, context.console().in());
        files.check(recursive, wrap, IpfsExit.USAGE);
        return node -> {
            try (TransferLine line = new TransferLine(context.console(), "adding", files.bytes(context.console()))) {
                Added added = new Added(context, line);
                node.upload("add", request(), new FilesBody(files, new SecureRandom(), line::add), added::take);
                return added.end();
            }
        };
    }

    private NodeRequest request() {
        NodeRequest request = NodeRequest.of("add").with("pin", pin).with("wrap-with-directory", wrap);
        if (cidVersion != null) {
            request = request.with("cid-version", cidVersion);
        }
        if (rawLeaves != null) {
            request = request.with("raw-leaves", rawLeaves);
        }
        return chunker == null ? request : request.with("chunker", chunker);
    }

    /** What came of it: a line for each file and folder. */
    private final class Added {

        private final Output output;
        private final TransferLine line;
        private Optional<JsonNode> last = Optional.empty();

        Added(IpfsContext context, TransferLine line) {
            this.output = Output.of(context);
            this.line = line;
        }

        void take(JsonNode entry) {
            if (entry.has("Hash")) {
                last = Optional.of(entry);
                if (!quieter) {
                    line.above(() -> write(entry));
                }
            }
        }

        int end() throws Complaint {
            JsonNode root = last.orElseThrow(
                    () -> new Complaint("error: add: the node did not say what it added", IpfsExit.FAILED));
            if (quieter) {
                line.above(() -> write(root));
            }
            output.end();
            return IpfsExit.OK;
        }

        private void write(JsonNode entry) {
            String cid = entry.path("Hash").asString();
            String name = entry.path("Name").asString("");
            String text = quiet || quieter ? cid : "added " + cid + " " + Shown.text(name);
            output.row(text.stripTrailing(), JsonNodeFactory.instance.objectNode()
                    .put("cid", cid)
                    .put("name", name)
                    .put("size", entry.path("Size").asLong(0)));
        }
    }
}
