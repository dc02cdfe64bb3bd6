package io.pinfold.cli.ctl;

import io.pinfold.cli.console.Console;
import io.pinfold.cli.ctl.rest.RestClient;
import io.pinfold.cli.ctl.rest.RestOutcome;
import io.pinfold.cli.ctl.rest.RestRequest;
import io.pinfold.cli.ctl.text.TextForm;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;

/** What a command works with: the API, and where answers go. */
record Session(Console console, RestClient api, Printer printer) {

    /** Sends a request and writes each value of its answer; the exit code. */
    int show(RestRequest request, TextForm form) {
        return printer.end(api.send(request, value -> {
            printer.value(value, form);
            console.out().flush();
        }));
    }

    /** Asks for one value. */
    Answer ask(RestRequest request) {
        AtomicReference<JsonNode> value = new AtomicReference<>();
        RestOutcome outcome = api.send(request, value::set);
        return new Answer(outcome, Optional.ofNullable(value.get()));
    }

    /** The last value of an answer, which is there if all went well and it was not empty. */
    record Answer(RestOutcome outcome, Optional<JsonNode> value) {}
}
