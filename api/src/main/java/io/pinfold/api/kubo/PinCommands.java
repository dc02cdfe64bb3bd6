package io.pinfold.api.kubo;

import io.pinfold.api.http.Reply;
import io.pinfold.ipfsnode.pins.Pin;
import io.pinfold.ipfsnode.pins.PinStatus;
import io.pinfold.ipfsnode.view.NodeView;
import io.pinfold.multiformats.Cid;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** {@code pin/ls}. */
record PinCommands(NodeView node) {

    /** Pins that an answer lists which is no stream; more are to be asked for as a stream. */
    private static final int MOST_AT_ONCE = 1 << 20;

    Map<String, KuboApi.Command> commands() {
        return Map.of("pin/ls", this::list);
    }

    /** What is shown of a pin. */
    private record Row(String cid, String type, String name) {}

    private enum Type {
        ALL, RECURSIVE, DIRECT, INDIRECT;

        boolean has(Type other) {
            return this == ALL || this == other;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Which pins are asked for. */
    private record Wish(Type type, boolean names, String part) {

        boolean has(Pin pin) {
            return type.has(type(pin)) && pin.name().contains(part);
        }

        Row row(Pin pin) {
            return new Row(pin.root().toString(), PinCommands.type(pin).text(), names ? pin.name() : "");
        }

        private static Type type(Pin pin) {
            return PinCommands.type(pin);
        }
    }

    private Reply list(Arguments arguments) throws CommandException {
        String part = arguments.text("name").orElse("");
        Wish wish = new Wish(type(arguments), arguments.flag("names", false) || !part.isEmpty(), part);
        boolean stream = arguments.flag("stream", false);
        List<String> paths = arguments.query().all(Arguments.NAME);
        if (!paths.isEmpty()) {
            Map<String, Row> rows = new TreeMap<>();
            for (String path : paths) {
                Row row = pinned(path, wish, arguments);
                rows.put(row.cid(), row);
            }
            return stream ? KuboReplies.lines(lines -> rows.values().forEach(row -> line(lines, row))) : keys(rows);
        }
        if (stream) {
            return KuboReplies.lines(lines -> each(wish, row -> line(lines, row)));
        }
        Map<String, Row> rows = new TreeMap<>();
        try {
            each(wish, row -> put(rows, row));
        } catch (TooManyException _) {
            throw CommandException.failed("there are more than " + MOST_AT_ONCE + " pins; ask with stream=true");
        }
        return keys(rows);
    }

    private static Type type(Arguments arguments) throws CommandException {
        String text = arguments.text("type").orElse("all");
        for (Type type : Type.values()) {
            if (type.text().equals(text)) {
                return type;
            }
        }
        throw CommandException
                .failed("invalid type '" + text + "', must be one of {direct, indirect, recursive, all}");
    }

    private static Type type(Pin pin) {
        return pin.depth() == 0 ? Type.DIRECT : Type.RECURSIVE;
    }

    private void each(Wish wish, Consumer<Row> each) throws CommandException {
        for (Type type : List.of(Type.RECURSIVE, Type.DIRECT)) {
            if (wish.type().has(type)) {
                node.pins().forEach(pin -> {
                    if (type(pin) == type && wish.has(pin)) {
                        each.accept(wish.row(pin));
                    }
                });
            }
        }
        if (wish.type().has(Type.INDIRECT) && wish.part().isEmpty()
                && !node.pins()
                        .forEachIndirect(cid -> each.accept(new Row(cid.toString(), Type.INDIRECT.text(), "")))) {
            throw CommandException.failed("there are too many blocks below pins to list all of them; ask with"
                    + " type=recursive or type=direct");
        }
    }

    private Row pinned(String path, Wish wish, Arguments arguments) throws CommandException {
        Cid cid = CommandException.orFail(node.files().resolve(Arguments.path(path), arguments.reach()));
        Optional<Row> row = switch (node.pins().status(cid)) {
            case PinStatus.Finished(Pin pin) when wish.has(pin) -> Optional.of(wish.row(pin));
            case PinStatus.Finished _,PinStatus.UnderWay _,PinStatus.Unpinned _ -> Optional.empty();
            case PinStatus.Indirect _ -> wish.type().has(Type.INDIRECT)
                    ? Optional.of(new Row(cid.toString(), node.pins()
                            .keeperOf(cid)
                            .map(root -> "indirect through " + root)
                            .orElse(Type.INDIRECT.text()), ""))
                    : Optional.empty();
        };
        return row.orElseThrow(() -> CommandException.failed("path '" + path + "' is not pinned"));
    }

    private static final class TooManyException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static void put(Map<String, Row> rows, Row row) {
        if (rows.size() == MOST_AT_ONCE) {
            throw new TooManyException();
        }
        rows.putIfAbsent(row.cid(), row);
    }

    private static void line(JsonLines lines, Row row) {
        lines.add(json -> {
            json.writeStartObject();
            json.writeStringProperty("Cid", row.cid());
            if (!row.name().isEmpty()) {
                json.writeStringProperty("Name", row.name());
            }
            json.writeStringProperty("Type", row.type());
            json.writeEndObject();
        });
    }

    private static Reply keys(Map<String, Row> rows) {
        return KuboReplies.json(json -> {
            json.writeStartObject();
            if (!rows.isEmpty()) {
                json.writeObjectPropertyStart("Keys");
                rows.values().forEach(row -> key(json, row));
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }

    private static void key(JsonGenerator json, Row row) {
        json.writeObjectPropertyStart(row.cid());
        json.writeStringProperty("Type", row.type());
        json.writeStringProperty("Name", row.name());
        json.writeEndObject();
    }
}
