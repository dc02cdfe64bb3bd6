package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import io.pinfold.cli.console.Sizes;
import io.pinfold.cli.console.TransferLine;
import io.pinfold.cli.console.Values;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code ipfs export}. */
@Command(name = "export", description = "write a graph with all its blocks as a CAR file, which gets its name when it is whole")
final class ExportCommand extends NodeCommand {

    @Parameters(paramLabel = "CID", description = "the root")
    private String root = "";

    @Option(names = {"-o",
        "--output"}, paramLabel = "FILE.car", description = "the file (default: standard output, unless that is a terminal)")
    private @Nullable Path output;

    @Option(names = {"-f", "--force"}, description = "replace a file that is called so")
    private boolean force;

    @Override
    IpfsContext.Work<Integer> prepare(IpfsContext context) throws Complaint {
        Cid cid = Values.of(Shown.text(root), Cid.parse(root), IpfsExit.USAGE);
        NodeRequest request = NodeRequest.of("dag/export").with("arg", cid).with("progress", false);
        Console console = context.console();
        if (output != null) {
            Path target = Targets.check(output, force);
            return node -> toFile(context, node, cid, request, target);
        }
        if (console.outIsTerminal()) {
            throw new Complaint("error: a CAR file is nothing for a terminal; name a file by --output",
                    IpfsExit.USAGE);
        }
        return node -> {
            copy(console, node, cid, request, LocalOutput.of(console.out()));
            return IpfsExit.OK;
        };
    }

    private static long copy(Console console, NodeClient node, Cid cid, NodeRequest request, OutputStream out)
            throws Complaint {
        try (TransferLine line = new TransferLine(console, "exporting", OptionalLong.empty())) {
            node.bytes(cid.toString(), request, (bytes, _) -> Copying.copy(bytes, out, line::add));
            return line.bytes();
        }
    }

    private int toFile(IpfsContext context, NodeClient node, Cid cid, NodeRequest request, Path target)
            throws Complaint {
        try (PartFile part = new PartFile(target, new SecureRandom())) {
            long bytes;
            try (LocalOutput out = LocalOutput.create(part.path())) {
                bytes = copy(context.console(), node, cid, request, out);
            }
            part.finish(force);
            Output.of(context)
                    .show(cid + " is in " + target + ": " + Sizes.decimal(bytes) + "\n",
                            JsonNodeFactory.instance.objectNode()
                                    .put("cid", cid.toString())
                                    .put("output", target.toString())
                                    .put("bytes", bytes));
            return IpfsExit.OK;
        } catch (LocalOutput.UnwritableException e) {
            throw new Complaint("error: " + e.getMessage(), IpfsExit.FAILED);
        } catch (IOException e) {
            throw new Complaint("error: " + LocalOutput.unwritable(target.toString(), e).getMessage(),
                    IpfsExit.FAILED);
        }
    }
}
