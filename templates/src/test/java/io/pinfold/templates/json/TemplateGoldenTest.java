package io.pinfold.templates.json;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.templates.TestTemplates;
import io.pinfold.testkit.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The example of docs/protocol/template.md. */
class TemplateGoldenTest {

    @Test
    void isWrittenAndReadAsTheDocumentSays() throws IOException {
        String page = Files.readString(Checkout.root().resolve("docs/protocol/template.md"));
        int start = page.indexOf("```json\n") + "```json\n".length();
        String example = page.substring(start, page.indexOf("```", start));

        assertThat(new String(TemplateJson.write(TestTemplates.full()).toArray(), StandardCharsets.UTF_8))
                .isEqualTo(example);
        assertThat(TemplateJson.read(Bytes.copyOf(example.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(Decoded.ok(TestTemplates.full()));
    }
}
