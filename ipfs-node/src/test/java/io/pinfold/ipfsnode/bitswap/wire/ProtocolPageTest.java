package io.pinfold.ipfsnode.bitswap.wire;

import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.testing.PageTables;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The vectors in docs/protocol/bitswap.md. */
class ProtocolPageTest {

    private static final Bytes HELLO = Bytes.copyOf("hello".getBytes(StandardCharsets.UTF_8));
    private static final Cid CID = Cid.raw(HELLO);

    static List<List<String>> messages() {
        return PageTables.rows(Path.of("..", "docs", "protocol", "bitswap.md"), "Vectors: bitswap");
    }

    @ParameterizedTest
    @MethodSource("messages")
    void message(List<String> row) {
        Message message = switch (row.get(0)) {
            case "empty" -> Message.ofWants(List.of(), false);
            case "want-block, priority 1, sendDontHave" -> Message.ofWants(List.of(Want.block(CID, 1)), false);
            case "want-have, priority 2, sendDontHave" -> Message.ofWants(List.of(Want.have(CID, 2)), false);
            case "cancel" -> Message.ofWants(List.of(Want.cancel(CID)), false);
            case "nothing wanted any more" -> Message.ofWants(List.of(), true);
            case "block" -> Message.ofAnswers(List.of(new Block(CID, HELLO)), List.of(), 0);
            case "have" -> Message.ofAnswers(List.of(), List.of(new Presence(CID, true)), 0);
            case "dont-have" -> Message.ofAnswers(List.of(), List.of(new Presence(CID, false)), 0);
            default -> throw new IllegalArgumentException(row.get(0));
        };
        BitswapVersion version = BitswapVersion.of("/ipfs/bitswap/" + row.get(1)).orElseThrow();
        assertThat(Bytes.copyOf(MessageEncoder.frame(message, version))).isEqualTo(Bytes.fromHex(row.get(2)));
        byte[] bytes = Bytes.fromHex(row.get(2)).slice(1, row.get(2).length() / 2).toArray();
        assertThat(MessageDecoder.decode(bytes, bytes.length).orElseThrow()).isEqualTo(message);
    }
}
