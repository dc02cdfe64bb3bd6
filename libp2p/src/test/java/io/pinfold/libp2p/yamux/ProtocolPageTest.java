package io.pinfold.libp2p.yamux;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.testing.PageTables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The vectors of frames in docs/protocol/libp2p.md. */
class ProtocolPageTest {

    private static final Map<String, FrameHeader> FRAMES = Map.of(
            "open stream 1", new FrameHeader(FrameHeader.TYPE_WINDOW_UPDATE, FrameHeader.SYN, 1, 0),
            "acknowledge stream 1", new FrameHeader(FrameHeader.TYPE_WINDOW_UPDATE, FrameHeader.ACK, 1, 0),
            "end of stream 1", new FrameHeader(FrameHeader.TYPE_DATA, FrameHeader.FIN, 1, 0),
            "reset stream 2", new FrameHeader(FrameHeader.TYPE_WINDOW_UPDATE, FrameHeader.RST, 2, 0),
            "ping 7", new FrameHeader(FrameHeader.TYPE_PING, FrameHeader.SYN, 0, 7),
            "answer to ping 7", new FrameHeader(FrameHeader.TYPE_PING, FrameHeader.ACK, 0, 7),
            "go away, protocol error",
            new FrameHeader(FrameHeader.TYPE_GO_AWAY, 0, 0, FrameHeader.GO_AWAY_PROTOCOL_ERROR));

    static List<List<String>> frames() {
        return PageTables.rows(Path.of("..", "docs", "protocol", "libp2p.md"), "Vectors: yamux");
    }

    @ParameterizedTest
    @MethodSource("frames")
    void frame(List<String> row) throws Exception {
        Bytes bytes = Bytes.fromHex(row.get(1));
        FrameHeader parsed = FrameHeader.parse(bytes.toArray());
        assertThat(parsed).isEqualTo(FRAMES.get(row.get(0)));
        byte[] target = new byte[FrameHeader.SIZE];
        parsed.put(target, 0);
        assertThat(Bytes.copyOf(target)).isEqualTo(bytes);
    }
}
