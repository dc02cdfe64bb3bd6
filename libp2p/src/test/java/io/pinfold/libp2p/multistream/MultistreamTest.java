package io.pinfold.libp2p.multistream;

import io.pinfold.libp2p.sim.Duplex;
import io.pinfold.libp2p.transport.HandshakeException;
import io.pinfold.libp2p.transport.HandshakeException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MultistreamTest {

    private static final String HEADER = "132f6d756c746973747265616d2f312e302e300a";
    private static final String NA = "036e610a";
    private static final HexFormat HEX = HexFormat.of();

    private final Duplex[] ends = Duplex.pair(1 << 16);

    @Test
    void agreesOnTheFirstProtocolThatBothSpeak() throws Exception {
        CompletableFuture<String> answered = CompletableFuture.supplyAsync(() -> {
            try {
                return Multistream.answer(ends[1].input(), ends[1].output(), Set.of("/c", "/b")::contains);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        assertThat(Multistream.propose(ends[0].input(), ends[0].output(), List.of("/a", "/b", "/c"))).isEqualTo("/b");
        assertThat(answered.get()).isEqualTo("/b");
    }

    @Test
    void saysWhatTheSpecificationSays() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Multistream.propose(bytes(HEADER + NA + line("/b")), out, List.of("/a", "/b"));
        assertThat(HEX.formatHex(out.toByteArray())).isEqualTo(HEADER + line("/a") + line("/b"));

        out.reset();
        Multistream.answer(bytes(HEADER + line("ls") + line("/a")), out, "/a"::equals);
        assertThat(HEX.formatHex(out.toByteArray())).isEqualTo(HEADER + NA + line("/a"));
    }

    @Test
    void leavesWhatFollowsUnread() throws Exception {
        InputStream in = bytes(HEADER + line("/a") + "ff");
        Multistream.propose(in, OutputStream.nullOutputStream(), List.of("/a"));
        assertThat(in.read()).isEqualTo(0xff);
    }

    @Test
    void takesTheAnswerToAnAnnouncementAtTheFirstRead() throws Exception {
        InputStream in = Multistream.announce(bytes(HEADER + line("/a") + "ff"), OutputStream.nullOutputStream(), "/a");
        assertThat(in.read()).isEqualTo(0xff);
        assertThat(in.read()).isEqualTo(-1);
        assertReason(Reason.NO_COMMON_PROTOCOL,
                () -> Multistream.announce(bytes(HEADER + NA), OutputStream.nullOutputStream(), "/a").read());
        assertReason(Reason.MALFORMED,
                () -> Multistream.announce(bytes(NA), OutputStream.nullOutputStream(), "/a").read());
        assertReason(Reason.TRUNCATED,
                () -> Multistream.announce(bytes(HEADER), OutputStream.nullOutputStream(), "/a").read());
    }

    @Test
    void refusesWhatBreaksTheRules() {
        refusesProposer("", Reason.TRUNCATED);
        refusesProposer("13", Reason.TRUNCATED);
        refusesProposer("132f6d75", Reason.TRUNCATED);
        refusesProposer(HEADER, Reason.TRUNCATED);
        refusesProposer(line("/multistream/2.0.0"), Reason.MALFORMED);
        refusesProposer("00", Reason.MALFORMED);
        refusesProposer("036e6161", Reason.MALFORMED);
        refusesProposer("02ff0a", Reason.MALFORMED);
        refusesProposer("8100", Reason.MALFORMED);
        refusesProposer("ffffffffffffffffff7f", Reason.MALFORMED);
        refusesProposer("8108", Reason.TOO_LONG);
        refusesProposer("ffffffff0f", Reason.TOO_LONG);
        refusesProposer(HEADER + line("/x").repeat(Multistream.MAX_PROPOSALS) + line("/a"), Reason.TOO_MANY);
        assertReason(Reason.NO_COMMON_PROTOCOL, () -> propose(HEADER + NA));
        assertReason(Reason.MALFORMED, () -> propose(HEADER + line("/b")));
    }

    private static void propose(String answer) throws IOException {
        Multistream.propose(bytes(answer), OutputStream.nullOutputStream(), List.of("/a"));
    }

    private static void refusesProposer(String said, Reason reason) {
        assertReason(reason, () -> Multistream.answer(bytes(said), OutputStream.nullOutputStream(), "/a"::equals));
    }

    private static void assertReason(Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HandshakeException.class,
                e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static InputStream bytes(String hex) {
        return new ByteArrayInputStream(HEX.parseHex(hex));
    }

    private static String line(String text) {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        return HEX.toHexDigits((byte) bytes.length) + HEX.formatHex(bytes);
    }
}
