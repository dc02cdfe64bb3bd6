package io.pinfold.rpc;

import io.pinfold.testkit.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MethodTableTest {

    @Test
    void theDocumentShowsEveryLineAndNoOther() throws IOException {
        String document = Files.readString(Checkout.root().resolve("docs/protocol/rpc.md"));
        String section = document.substring(document.indexOf("## Methods"), document.indexOf("## Limits"));

        assertThat(section.lines().filter(line -> line.startsWith("| ")).skip(1))
                .containsExactlyElementsOf(
                        MethodTable.standard().methods().stream().map(MethodTableTest::row).toList());
    }

    private static String row(Method method) {
        AnswerBounds answer = method.answer();
        return "| %s | %s | %d | %d | %d | %d | %d s | %d | %d |".formatted(method.name(),
                method.access().name().toLowerCase(Locale.ROOT), method.requestBytes(), answer.items(),
                answer.itemBytes(), answer.totalBytes(), method.deadline().toSeconds(), method.limits().concurrent(),
                method.limits().perMinute());
    }

    @Test
    void theDocumentShowsEveryErrorCode() throws IOException {
        String document = Files.readString(Checkout.root().resolve("docs/protocol/rpc.md"));

        for (ErrorCode code : ErrorCode.values()) {
            assertThat(document).contains("| " + code.number() + " | " + code.name() + " |");
            assertThat(ErrorCode.of(code.number())).contains(code);
        }
        assertThat(ErrorCode.of(0)).isEmpty();
    }

    @Test
    void everyItemFitsIntoAFrame() {
        assertThat(1 + MethodTable.MAX_ITEM_BYTES).isLessThanOrEqualTo(RpcProtocol.MAX_FRAME);
        assertThat(RpcProtocol.MAX_FRAME).isEqualTo((1 << 20) + (64 << 10));
    }

    @Test
    void aNameStandsOnce() {
        assertThatThrownBy(() -> MethodTable.of(MethodTable.ID, MethodTable.ID))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("id");
    }
}
