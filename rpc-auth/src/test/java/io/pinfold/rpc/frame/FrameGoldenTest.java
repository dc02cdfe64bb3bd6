package io.pinfold.rpc.frame;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.RpcProtocol;
import io.pinfold.testkit.Checkout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The frames whose bytes docs/protocol/rpc.md shows. */
class FrameGoldenTest {

    record Golden(String hex, Frame frame) {}

    static Golden[] vectors() {
        return new Golden[]{
            new Golden("2501" + "a3" + "64626f6479" + "40" + "666d6574686f64" + "6a636861696e2e68656164"
                    + "6774696d656f7574" + "192710",
                    new Frame.Request("chain.head", Duration.ofSeconds(10), Bytes.EMPTY)),
            new Golden(
                    "1e01" + "a3" + "64626f6479" + "430a0bff" + "666d6574686f64" + "626964" + "6774696d656f7574" + "01",
                    new Frame.Request("id", Duration.ofMillis(1), Bytes.fromHex("0a0bff"))),
            new Golden("0402" + "010203", new Frame.Item(Bytes.fromHex("010203"))),
            new Golden("0102", new Frame.Item(Bytes.EMPTY)),
            new Golden("0103", new Frame.End()),
            new Golden("1a04" + "a2" + "64636f6465" + "02" + "6664657461696c" + "6a70696e2e737461747573",
                    new Frame.Failure(ErrorCode.FORBIDDEN, "pin.status", Optional.empty())),
            new Golden(
                    "1d04" + "a3" + "64636f6465" + "05" + "657265747279" + "1903e8" + "6664657461696c" + "6462757379",
                    new Frame.Failure(ErrorCode.LIMIT, "busy", Optional.of(Duration.ofSeconds(1))))};
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void isWrittenAndReadAsTheDocumentSays(Golden golden) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FrameWriter.write(out, golden.frame());

        assertThat(Bytes.copyOf(out.toByteArray())).hasToString(golden.hex());
        assertThat(FrameReader.read(new ByteArrayInputStream(out.toByteArray()), RpcProtocol.MAX_FRAME))
                .isEqualTo(Decoded.ok(golden.frame()));
        assertThat(Files.readString(Checkout.root().resolve("docs/protocol/rpc.md"))).contains(golden.hex());
    }
}
