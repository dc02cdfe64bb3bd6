package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Sizes;
import io.pinfold.cli.console.TransferLine;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code ipfs get}. */
@Command(name = "get", description = "write a file or folder to this machine; it gets its name when it is whole")
final class GetCommand extends NodeCommand {

    @Parameters(paramLabel = "CID[/PATH]", description = "what to write")
    private String content = "";

    @Option(names = {"-o",
        "--output"}, paramLabel = "OUT", description = "what it is to be called (default: its name, or its CID, in this folder)")
    private @Nullable Path output;

    @Option(names = {"-f", "--force"}, description = "replace a file that is called so; folders are never replaced")
    private boolean force;

    @Override
    IpfsContext.Work<Integer> prepare(IpfsContext context) throws Complaint {
        ContentPath path = ContentPath.parse(content);
        Path target = Targets.check(output == null ? Path.of(path.lastName()) : output, force);
        return node -> {
            Shape shape = Shape.of(node, path);
            Download download = fetch(context, node, path, target, shape);
            say(context, path, target, download);
            return IpfsExit.OK;
        };
    }

    private Download fetch(IpfsContext context, NodeClient node, ContentPath path, Path target, Shape shape)
            throws Complaint {
        try (TransferLine line = new TransferLine(context.console(), "fetching", OptionalLong.of(shape.bytes()));
                PartFile part = new PartFile(target, new SecureRandom())) {
            Download download = new Download(node, line::add);
            download.write(shape.entry(), part.path(), Shown.text(path.toString()));
            part.finish(force);
            return download;
        } catch (IOException e) {
            throw new Complaint("error: " + LocalOutput.unwritable(target.toString(), e).getMessage(),
                    IpfsExit.FAILED);
        }
    }

    private static void say(IpfsContext context, ContentPath path, Path target, Download done) throws Complaint {
        String text = Shown.text(path.toString()) + " is at " + target + ": " + done.files() + " files, "
                + done.folders() + " folders, " + done.links() + " symbolic links, " + Sizes.decimal(done.bytes())
                + "\n";
        Output.of(context)
                .show(text, JsonNodeFactory.instance.objectNode()
                        .put("path", path.toString())
                        .put("output", target.toString())
                        .put("files", done.files())
                        .put("folders", done.folders())
                        .put("symlinks", done.links())
                        .put("bytes", done.bytes()));
    }
}
