package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.console.Complaint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code ipfs ls}. */
@Command(name = "ls", description = "what a folder holds: CID, bytes of files, name")
final class ListCommand extends NodeCommand {

    @Parameters(paramLabel = "CID[/PATH]", description = "the folder")
    private String folder = "";

    @Override
    IpfsContext.Work<Integer> prepare(IpfsContext context) throws Complaint {
        ContentPath path = ContentPath.parse(folder);
        Output output = Output.of(context);
        return node -> {
            Entry.list(node, path, entry -> output.row(text(entry), json(entry)));
            output.end();
            return IpfsExit.OK;
        };
    }

    private static String text(Entry entry) {
        String size = entry.kind() == Entry.Kind.FILE ? Long.toString(entry.size()) : "-";
        String end = switch (entry.kind()) {
            case FOLDER -> "/";
            case SYMLINK -> " -> " + Shown.text(entry.target());
            case FILE, OTHER -> "";
        };
        return entry.cid() + " " + size + " " + Shown.text(entry.name()) + end;
    }

    private static ObjectNode json(Entry entry) {
        ObjectNode json = JsonNodeFactory.instance.objectNode()
                .put("cid", entry.cid())
                .put("type", entry.kind().word())
                .put("size", entry.size())
                .put("name", entry.name());
        return entry.kind() == Entry.Kind.SYMLINK ? json.put("target", entry.target()) : json;
    }
}
