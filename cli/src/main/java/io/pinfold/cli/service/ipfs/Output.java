package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes what a command found, as text or as JSON. */
record Output(Console console, boolean json) {

    private static final JsonMapper MAPPER = new JsonMapper();

    static Output of(IpfsContext context) {
        return new Output(context.console(), context.json());
    }

    /** One of several answers, on a line of its own. */
    void row(String text, JsonNode value) {
        console.out().print((json ? MAPPER.writeValueAsString(value) : text) + "\n");
    }

    /** The only answer. */
    void show(String text, JsonNode value) throws Complaint {
        console.out().print(json ? MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n" : text);
        end();
    }

    /** Says if not all could be written. */
    void end() throws Complaint {
        if (console.out().checkError()) {
            throw new Complaint("error: not all of the answer could be written", IpfsExit.FAILED);
        }
    }
}
