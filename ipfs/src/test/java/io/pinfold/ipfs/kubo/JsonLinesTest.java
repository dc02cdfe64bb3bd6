package io.pinfold.ipfs.kubo;

import io.pinfold.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonLinesTest {

    @RegisterExtension
    final Seeds seeds = new Seeds();

    @Test
    void linesOfAnyLengthInPiecesOfAnyLength() throws IOException {
        RandomGenerator random = seeds.generator();
        List<String> values = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            String value = "é".repeat(random.nextInt(random.nextInt(100) == 0 ? 30_000 : 60));
            values.add(value);
            text.append("{\"v\":\"").append(value).append("\"}").append(random.nextBoolean() ? "\n" : "\r\n\n");
        }
        JsonLines lines = new JsonLines(dribble(text.toString(), random), 64 * 1024);
        List<String> read = new ArrayList<>();
        for (JsonNode node = lines.next(); node != null; node = lines.next()) {
            read.add(node.path("v").asString());
        }
        assertThat(read).as(seeds.toString()).isEqualTo(values);
    }

    @Test
    void lastLineNeedsNoEnd() throws IOException {
        JsonLines lines = lines("{\"a\":1}\n{\"a\":2}", 100);
        assertThat(lines.next()).isNotNull();
        assertThat(lines.next()).hasToString("{\"a\":2}");
        assertThat(lines.next()).isNull();
        assertThat(lines.next()).isNull();
    }

    @Test
    void lineOfExactlyTheBoundIsTakenAndOneMoreIsNot() throws IOException {
        String exact = "{\"v\":\"" + "x".repeat(92) + "\"}";
        assertThat(exact).hasSize(100);
        assertThat(lines(exact + "\n", 100).next()).isNotNull();
        assertThat(lines(exact, 100).next()).isNotNull();
        assertThatThrownBy(() -> lines(exact + "\n", 99).next()).isInstanceOf(BrokenAnswerException.class);
        assertThatThrownBy(() -> lines(exact, 99).next()).isInstanceOf(BrokenAnswerException.class);
    }

    @Test
    void endlessLineIsGivenUpAtTheBound() {
        InputStream endless = new FilterInputStream(InputStream.nullInputStream()) {

            private long count;

            @Override
            public int read(byte[] buffer, int offset, int length) {
                count += length;
                if (count > 10_000_000) {
                    throw new IllegalStateException("read far beyond the bound");
                }
                Arrays.fill(buffer, offset, offset + length, (byte) 'x');
                return length;
            }
        };
        assertThatThrownBy(() -> new JsonLines(endless, 1 << 20).next()).isInstanceOf(BrokenAnswerException.class);
    }

    private static JsonLines lines(String text, int maxLine) {
        return new JsonLines(new ByteArrayInputStream(text.getBytes(UTF_8)), maxLine);
    }

    private static InputStream dribble(String text, RandomGenerator random) {
        return new ByteArrayInputStream(text.getBytes(UTF_8)) {

            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(5000)));
            }
        };
    }
}
