package io.pinfold.api.kubo;

import io.pinfold.api.http.Reply;
import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfsnode.view.NodeView;
import io.pinfold.ipfsnode.view.Reach;
import io.pinfold.multiformats.Cid;
import java.io.BufferedOutputStream;
import java.util.Map;
import java.util.OptionalLong;

/** {@code block/get}, {@code block/stat}, {@code dag/export} and {@code refs/local}. */
record BlockCommands(NodeView node) {

    private static final int BUFFER = 64 << 10;

    Map<String, KuboApi.Command> commands() {
        return Map.of("block/get", this::get, "block/stat", this::stat, "dag/export", this::export, "refs/local",
                this::local, "repo/ls", this::local);
    }

    private Reply get(Arguments arguments) throws CommandException {
        Cid cid = resolved(arguments, "cid");
        return KuboReplies.bytes("application/vnd.ipld.raw",
                found(cid, node.blocks().get(cid, arguments.reach())));
    }

    private Reply stat(Arguments arguments) throws CommandException {
        Cid cid = resolved(arguments, "cid");
        int size = found(cid, node.blocks().size(cid, arguments.reach()));
        return KuboReplies.json(json -> {
            json.writeStartObject();
            json.writeStringProperty("Key", cid.toString());
            json.writeNumberProperty("Size", size);
            json.writeEndObject();
        });
    }

    private Reply export(Arguments arguments) throws CommandException {
        Cid root = resolved(arguments, "root");
        Reach reach = arguments.reach();
        found(root, node.blocks().size(root, reach));
        return KuboReplies.stream("application/vnd.ipld.car", OptionalLong.empty(), out -> {
            BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER);
            Answer<Long> written = node.archives().export(root, reach, buffered);
            buffered.flush();
            CommandException.orFail(written);
        });
    }

    private Reply local(Arguments arguments) {
        return KuboReplies.lines(lines -> node.blocks().forEach(cid -> lines.add(json -> {
            json.writeStartObject();
            json.writeStringProperty("Ref", cid.toString());
            json.writeStringProperty("Err", "");
            json.writeEndObject();
        })));
    }

    private Cid resolved(Arguments arguments, String name) throws CommandException {
        return CommandException.orFail(
                node.files().resolve(Arguments.path(arguments.one(name)), arguments.reach()));
    }

    private static <T> T found(Cid cid, Answer<T> answer) throws CommandException {
        if (answer instanceof Answer.Failed<T>(var failure) && failure.kind() == Kind.NOT_FOUND) {
            throw CommandException.failed("block was not found locally (offline): ipld: could not find " + cid);
        }
        return CommandException.orFail(answer);
    }
}
