package io.pinfold.cli.service;

import io.pinfold.cli.console.Console;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes an answer as text or as JSON. */
record Printout(Console console, boolean json) {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** Writes {@code text}, or {@code value} for programs. */
    void show(String text, JsonNode value) {
        console.out().print(json ? MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n" : text);
        console.out().flush();
    }
}
