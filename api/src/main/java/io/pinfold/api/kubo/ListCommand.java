package io.pinfold.api.kubo;

import io.pinfold.api.http.Reply;
import io.pinfold.ipfs.Answer;
import io.pinfold.ipfsnode.unixfs.read.FolderItem;
import io.pinfold.ipfsnode.unixfs.read.UnixFsEntry;
import io.pinfold.ipfsnode.unixfs.read.UnixFsEntry.Kind;
import io.pinfold.ipfsnode.view.NodeView;
import io.pinfold.ipfsnode.view.Reach;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.dagpb.DagPb;
import io.pinfold.multiformats.dagpb.PbLink;
import io.pinfold.multiformats.dagpb.PbNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** {@code ls}: the entries of folders, and the parts of files. */
record ListCommand(NodeView node) {

    private record Wish(String argument, Cid cid, UnixFsEntry entry) {}

    /** Says what an item is, or gives up. */
    private record Shown(FolderItem item, LinkShape shape) {}

    Reply run(Arguments arguments) throws CommandException {
        Reach reach = arguments.reach();
        boolean size = arguments.flag("size", true);
        boolean resolve = arguments.flag("resolve-type", true) || size;
        List<Wish> wishes = new ArrayList<>();
        for (String argument : arguments.all("ipfs-path")) {
            Cid cid = CommandException.orFail(node.files().resolve(Arguments.path(argument), reach));
            wishes.add(new Wish(argument, cid, CommandException.orFail(node.files().entry(cid, reach))));
        }
        return arguments.flag("stream", false) ? streamed(wishes, reach, resolve) : whole(wishes, reach, resolve);
    }

    private Reply streamed(List<Wish> wishes, Reach reach, boolean resolve) {
        return KuboReplies.lines(lines -> {
            for (Wish wish : wishes) {
                each(wish, reach, resolve, shown -> lines.add(json -> {
                    json.writeStartObject();
                    json.writeArrayPropertyStart("Objects");
                    object(json, wish, List.of(shown));
                    json.writeEndArray();
                    json.writeEndObject();
                }));
            }
        });
    }

    private Reply whole(List<Wish> wishes, Reach reach, boolean resolve) throws CommandException {
        List<List<Shown>> all = new ArrayList<>();
        for (Wish wish : wishes) {
            List<Shown> entries = new ArrayList<>();
            each(wish, reach, resolve, entries::add);
            entries.sort(Comparator.comparing((Shown shown) -> shown.item().name()));
            all.add(entries);
        }
        return KuboReplies.json(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("Objects");
            for (int i = 0; i < wishes.size(); i++) {
                object(json, wishes.get(i), all.get(i));
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private interface Each {
        void accept(Shown shown);
    }

    private void each(Wish wish, Reach reach, boolean resolve, Each each) throws CommandException {
        if (wish.entry().kind() == Kind.FOLDER) {
            List<FolderItem> failed = new ArrayList<>();
            Answer<UnixFsEntry> listed = node.files().list(wish.cid(), reach, item -> {
                if (failed.isEmpty()) {
                    shape(item, reach, resolve).ifPresentOrElse(shape -> each.accept(new Shown(item, shape)),
                            () -> failed.add(item));
                }
            });
            CommandException.orFail(listed);
            if (!failed.isEmpty()) {
                throw CommandException.failed("what is called \"" + failed.getFirst().nameText()
                        + "\" cannot be read: " + failed.getFirst().cid());
            }
        } else if (wish.cid().codec() == Multicodec.DAG_PB) {
            parts(wish, reach, resolve, each);
        }
    }

    /** The links of a file in several blocks, which have no names. */
    private void parts(Wish wish, Reach reach, boolean resolve, Each each) throws CommandException {
        Bytes block = CommandException.orFail(node.blocks().get(wish.cid(), reach));
        if (DagPb.decode(block) instanceof Decoded.Ok<PbNode>(PbNode pb)) {
            for (PbLink link : pb.links()) {
                FolderItem item = new FolderItem(link.name().orElse(Bytes.EMPTY), link.cid(), link.size());
                each.accept(new Shown(item, shape(item, reach, resolve)
                        .orElseThrow(() -> CommandException.failed("a part cannot be read: " + link.cid()))));
            }
        }
    }

    private Optional<LinkShape> shape(FolderItem item, Reach reach, boolean resolve) {
        if (item.cid().codec() == Multicodec.RAW) {
            return Optional.of(LinkShape.raw(item.dagSize().orElse(0)));
        }
        if (item.cid().codec() != Multicodec.DAG_PB || !resolve) {
            return Optional.of(LinkShape.UNKNOWN);
        }
        return node.files().entry(item.cid(), reach) instanceof Answer.Got<UnixFsEntry>(UnixFsEntry entry)
                ? Optional.of(LinkShape.of(entry))
                : Optional.empty();
    }

    private static void object(JsonGenerator json, Wish wish, List<Shown> entries) {
        json.writeStartObject();
        json.writeStringProperty("Hash", wish.argument());
        json.writeArrayPropertyStart("Links");
        for (Shown shown : entries) {
            shown.shape().write(json, shown.item());
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
