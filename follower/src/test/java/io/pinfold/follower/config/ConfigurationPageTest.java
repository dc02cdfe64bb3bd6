package io.pinfold.follower.config;

import io.pinfold.testkit.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** docs/configuration.md shows every key with its default, and no other. */
class ConfigurationPageTest {

    private static final String HOST = "the host's name";

    @Test
    void keysAndDefaultsAreThoseOfTheProgram() throws IOException {
        List<String> rows = Files.readString(Checkout.root().resolve("docs/configuration.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf('|', line.indexOf('|', 1) + 1) + 1))
                .toList();

        assertThat(rows).containsExactlyElementsOf(new Schema(HOST).keys()
                .stream()
                .map(key -> "| `" + key.id() + "` | " + shown(key.shownDefault()) + " |")
                .toList());
    }

    @Test
    void rangesOfSuggestionsAreThoseOfTheProgram() throws IOException {
        String page = Files.readString(Checkout.root().resolve("docs/protocol/template.md"));

        for (Key<?> key : new Schema(HOST).keys()) {
            key.suggested()
                    .ifPresent(type -> assertThat(page)
                            .contains("| `" + key.id() + "` | " + type.expected().replaceAll(".* from |, such.*", "")
                                    + " |"));
        }
    }

    private static String shown(String value) {
        return value.equals(HOST) ? value : "`" + value + "`";
    }
}
