package io.pinfold.libp2p.multistream;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.testing.PageTables;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The vectors of negotiation in docs/protocol/libp2p.md. */
class ProtocolPageTest {

    static List<List<String>> messages() {
        return PageTables.rows(Path.of("..", "docs", "protocol", "libp2p.md"), "Vectors: multistream");
    }

    @ParameterizedTest
    @MethodSource("messages")
    void message(List<String> row) throws Exception {
        assertThat(Bytes.copyOf(Line.encode(row.get(0)))).isEqualTo(Bytes.fromHex(row.get(1)));
        assertThat(Line.read(new ByteArrayInputStream(Bytes.fromHex(row.get(1)).toArray()))).isEqualTo(row.get(0));
    }
}
