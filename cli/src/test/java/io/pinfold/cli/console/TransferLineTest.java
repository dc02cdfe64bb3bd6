package io.pinfold.cli.console;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TransferLineTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;

    private TransferLine line(boolean terminal, OptionalLong whole) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new TransferLine(
                new Console(InputStream.nullInputStream(), stream, stream, Map.of(), Path.of("x"), false,
                        terminal, terminal, () -> now, _ -> {}),
                "adding", whole);
    }

    private String written() {
        String text = err.toString(StandardCharsets.UTF_8);
        err.reset();
        return text.replaceAll("\r *\r", "<");
    }

    @Test
    void it_is_shown_after_a_second_and_goes_away() {
        try (TransferLine line = line(true, OptionalLong.of(10_000_000))) {
            line.add(1_000_000);
            assertThat(written()).isEmpty();
            now = now.plus(Duration.ofSeconds(2));
            line.add(4_000_000);
            assertThat(written()).isEqualTo("adding [==========          ]  50 %  5.0 MB of 10 MB  2.5 MB/s");
            now = now.plusMillis(100);
            line.add(1);
            assertThat(written()).as("not too often").isEmpty();
            line.above(() -> {});
            assertThat(written()).isEqualTo("<");
        }
        assertThat(written()).isEmpty();
    }

    @Test
    void without_a_known_end_there_is_no_bar() {
        try (TransferLine line = line(true, OptionalLong.empty())) {
            now = now.plus(Duration.ofSeconds(4));
            line.add(6_000_000);
            assertThat(written()).isEqualTo("adding 6.0 MB  1.5 MB/s");
        }
        assertThat(written()).isEqualTo("<");
    }

    @Test
    void nobody_is_bothered_without_a_terminal() {
        try (TransferLine line = line(false, OptionalLong.empty())) {
            now = now.plus(Duration.ofSeconds(4));
            line.add(6_000_000);
            assertThat(line.bytes()).isEqualTo(6_000_000);
        }
        assertThat(written()).isEmpty();
    }
}
