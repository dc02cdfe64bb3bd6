package io.pinfold.cli.ctl;

import io.pinfold.cli.console.TransferLine;
import io.pinfold.cli.ctl.text.TextForm;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Shows what was added, {@code added CID NAME}, as it comes; records of progress are passed over. */
final class AddedLines implements Consumer<JsonNode> {

    /** How much is shown. */
    enum Style {
        /** CIDs and names. */
        ALL,
        /** CIDs. */
        CIDS,
        /** The CID of the root, which comes last. */
        ROOT
    }

    private final Session session;
    private final Style style;
    private final TransferLine bar;
    private Optional<JsonNode> last = Optional.empty();

    AddedLines(Session session, Style style, TransferLine bar) {
        this.session = session;
        this.style = style;
        this.bar = bar;
    }

    @Override
    public void accept(JsonNode value) {
        if (value.isArray()) {
            together(value);
        } else if (value.path("cid").isString()) {
            last = Optional.of(value);
            if (style != Style.ROOT) {
                show(value, form());
            }
        }
    }

    /** All at once; JSON shows the array that it is. */
    private void together(JsonNode all) {
        for (JsonNode value : all) {
            last = value.path("cid").isString() ? Optional.of(value) : last;
        }
        if (style != Style.ROOT) {
            show(all, TextForm.eachOf(form()));
        }
    }

    /** How a record is shown; one of progress is not. */
    private TextForm form() {
        return value -> {
            if (cid(value).isEmpty()) {
                return "";
            }
            return style == Style.ALL
                    ? ("added " + cid(value) + " " + value.path("name").asString("")).strip() + "\n"
                    : cid(value) + "\n";
        };
    }

    private void show(JsonNode value, TextForm form) {
        bar.above(() -> {
            session.printer().value(value, form);
            session.console().out().flush();
        });
    }

    /** Shows what is due when all went well. */
    void end() {
        if (style == Style.ROOT) {
            last.ifPresent(value -> show(value, form()));
        }
    }

    /** The CID of what was added last, the root. */
    String root() {
        return last.map(AddedLines::cid).orElse("");
    }

    /** Whether more than CIDs is shown. */
    boolean tellsStatus() {
        return style == Style.ALL;
    }

    private static String cid(JsonNode value) {
        return value.path("cid").asString("");
    }
}
