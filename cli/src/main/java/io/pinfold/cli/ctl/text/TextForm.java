package io.pinfold.cli.ctl.text;

import tools.jackson.databind.JsonNode;

/** How one JSON value of an answer is shown to people. */
@FunctionalInterface
public interface TextForm {

    /** Lines, each with its end; none at all is fine. */
    String of(JsonNode value);

    /** A form that shows nothing. */
    static TextForm silent() {
        return _ -> "";
    }

    /** A form that shows each item of an array. */
    static TextForm eachOf(TextForm item) {
        return array -> {
            StringBuilder lines = new StringBuilder();
            array.forEach(value -> lines.append(item.of(value)));
            return lines.toString();
        };
    }
}
