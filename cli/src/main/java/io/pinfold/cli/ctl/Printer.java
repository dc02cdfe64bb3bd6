package io.pinfold.cli.ctl;

import io.pinfold.cli.console.Console;
import io.pinfold.cli.ctl.rest.RestOutcome;
import io.pinfold.cli.ctl.text.TextForm;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Writes values and errors in the encoding that was asked for. */
final class Printer {

    private final Console console;
    private final Encoding encoding;
    private final ObjectWriter json;

    Printer(Console console, Encoding encoding) {
        this.console = console;
        this.encoding = encoding;
        DefaultIndenter indenter = new DefaultIndenter("    ", "\n");
        Separators separators = Separators.createDefaultInstance()
                .withObjectNameValueSpacing(Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        this.json = new JsonMapper().writer()
                .with(new DefaultPrettyPrinter(separators)
                        .withObjectIndenter(indenter)
                        .withArrayIndenter(indenter));
    }

    /** Writes one value. */
    void value(JsonNode value, TextForm form) {
        console.out().print(switch (encoding) {
            case TEXT -> form.of(value);
            case JSON -> json.writeValueAsString(value) + "\n";
        });
    }

    /** Tells how a request ended, if not well; the exit code. */
    int end(RestOutcome outcome) {
        console.out().flush();
        return switch (outcome) {
            case RestOutcome.Done _ -> ExitCode.OK;
            case RestOutcome.Refused(int code, String message) -> {
                error(code, message);
                yield ExitCode.REFUSED;
            }
            case RestOutcome.NoAnswer(String sentence) -> {
                if (encoding == Encoding.JSON) {
                    error(0, sentence);
                }
                console.complain(sentence);
                yield ExitCode.LOCAL;
            }
        };
    }

    private void error(int code, String message) {
        console.out().print(switch (encoding) {
            case TEXT -> "An error occurred:\n  Code: " + code + "\n  Message: " + message + "\n";
            case JSON -> json.writeValueAsString(new JsonMapper().createObjectNode()
                    .put("code", code)
                    .put("message", message)) + "\n";
        });
        console.out().flush();
    }
}
