package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import io.pinfold.cli.console.TransferLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ipfs cat}. */
@Command(name = "cat", description = "write a file's bytes to standard output, whatever --enc says")
final class CatCommand extends NodeCommand {

    @Parameters(paramLabel = "CID[/PATH]", description = "the file")
    private String file = "";

    @Option(names = {"-o", "--offset"}, paramLabel = "BYTES", description = "begin so far into the file")
    private long offset;

    @Option(names = {"-l", "--length"}, paramLabel = "BYTES", description = "no more than so many")
    private @Nullable Long length;

    @Override
    IpfsContext.Work<Integer> prepare(IpfsContext context) throws Complaint {
        ContentPath path = ContentPath.parse(file);
        if (offset < 0 || (length != null && length < 0)) {
            throw new Complaint("error: --offset and --length are not negative", IpfsExit.USAGE);
        }
        NodeRequest whole = NodeRequest.of("cat").with("arg", path);
        NodeRequest from = offset == 0 ? whole : whole.with("offset", offset);
        NodeRequest request = length == null ? from : from.with("length", length);
        Console console = context.console();
        return node -> {
            node.bytes(path.toString(), request, (bytes, known) -> {
                try (TransferLine line = new TransferLine(console, "reading", known)) {
                    Copying.copy(bytes, LocalOutput.of(console.out()), console.outIsTerminal() ? _ -> {} : line::add);
                }
            });
            return IpfsExit.OK;
        };
    }
}
