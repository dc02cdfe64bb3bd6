package io.pinfold.libp2p.noise;

import io.pinfold.libp2p.transport.HandshakeException;
import io.pinfold.libp2p.transport.HandshakeException.Reason;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The handshake against a published vector, and against messages that were tampered with. */
class XxHandshakeTest {

    private static final byte[] NOTHING = {};
    private static final HexFormat HEX = HexFormat.of();
    private static final SecureRandom RANDOM = new SecureRandom();

    private record Exchanged(String payload, String ciphertext) {}

    /** The vector for Noise_XX_25519_ChaChaPoly_SHA256 of the collection of the cacophony project. */
    private static final List<Exchanged> VECTOR = List.of(
            new Exchanged("4c756477696720766f6e204d69736573",
                    "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c79444c756477696720766f6e204d69736573"),
            new Exchanged("4d757272617920526f746862617264",
                    "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f14480884381cbad1f276e038c48378ffce2b65285"
                            + "e08d6b68aaa3629a5a8639392490e5b9bd5269c2f1e4f488ed8831161f19b7815528f8982ffe09be9b5c412f8a"
                            + "0db50f8814c7194e83f23dbd8d162c9326ad"),
            new Exchanged("462e20412e20486179656b",
                    "c7195ffacac1307ff99046f219750fc47693e23c3cb08b89c2af808b444850a80ae475b9df0f169ae80a89be0865b57f"
                            + "58c9fea0d4ec82a286427402f113e4b6ae769a1d95941d49b25030"),
            new Exchanged("4361726c204d656e676572", "96763ed773f8e47bb3712f0e29b3060ffc956ffc146cee53d5e1df"),
            new Exchanged("4a65616e2d426170746973746520536179",
                    "3e40f15f6f3a46ae446b253bf8b1d9ffb6ed9b174d272328ff91a7e2e5c79c07f5"),
            new Exchanged("457567656e2042f6686d20766f6e2042617765726b",
                    "eb3f3515110702e047a6c9da4478b6ead94873c11c0f2d710ddb3f09fce024b3a58502ae3f"));

    @Test
    void agreesWithThePublishedVector() throws Exception {
        byte[] prologue = HEX.parseHex("4a6f686e2047616c74");
        XxHandshake initiator = new XxHandshake(true,
                pair("e61ef9919cde45dd5f82166404bd08e38bceb5dfdfded0a34c8df7ed542214d1"),
                pair("893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a"), prologue);
        XxHandshake responder = new XxHandshake(false,
                pair("4a3acbfdb163dec651dfa3194dece676d437029c62a408b4c5ea9114246e4893"),
                pair("bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b"), prologue);
        for (int i = 0; i < 3; i++) {
            XxHandshake writer = i % 2 == 0 ? initiator : responder;
            XxHandshake reader = i % 2 == 0 ? responder : initiator;
            byte[] message = writer.write(HEX.parseHex(VECTOR.get(i).payload()));
            assertThat(HEX.formatHex(message)).isEqualTo(VECTOR.get(i).ciphertext());
            assertThat(HEX.formatHex(reader.read(message))).isEqualTo(VECTOR.get(i).payload());
        }
        String hash = "c8e5f64e846193be2a834104c2a009868d6c9f3bd3c186299888b488b2f1f58e";
        assertThat(HEX.formatHex(initiator.hash())).isEqualTo(hash);
        assertThat(HEX.formatHex(responder.hash())).isEqualTo(hash);
        CipherState[] ofInitiator = initiator.split();
        CipherState[] ofResponder = responder.split();
        for (int i = 3; i < VECTOR.size(); i++) {
            CipherState sending = i % 2 == 1 ? ofResponder[0] : ofInitiator[0];
            CipherState receiving = i % 2 == 1 ? ofInitiator[1] : ofResponder[1];
            byte[] payload = HEX.parseHex(VECTOR.get(i).payload());
            byte[] text = new byte[payload.length + CipherState.TAG_SIZE];
            assertThat(sending.encrypt(NOTHING, payload, 0, payload.length, text, 0)).isEqualTo(text.length);
            assertThat(HEX.formatHex(text)).isEqualTo(VECTOR.get(i).ciphertext());
            assertThat(receiving.decrypt(NOTHING, text, 0, text.length, text, 0)).isEqualTo(payload.length);
            assertThat(text).startsWith(payload);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 40, 48, 90, -1})
    void refusesASecondMessageChangedAnywhere(int position) throws Exception {
        XxHandshake initiator = fresh(true);
        XxHandshake responder = fresh(false);
        responder.read(initiator.write(NOTHING));
        assertRefused(initiator, changed(responder.write(new byte[50]), position), Reason.TAMPERED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 47, 48, -1})
    void refusesAThirdMessageChangedAnywhere(int position) throws Exception {
        XxHandshake initiator = fresh(true);
        XxHandshake responder = fresh(false);
        responder.read(initiator.write(NOTHING));
        initiator.read(responder.write(new byte[50]));
        assertRefused(responder, changed(initiator.write(new byte[50]), position), Reason.TAMPERED);
    }

    @Test
    void noticesAChangeOfTheFirstMessageAtTheSecond() throws Exception {
        XxHandshake initiator = fresh(true);
        XxHandshake responder = fresh(false);
        responder.read(changed(initiator.write(NOTHING), 3));
        assertRefused(initiator, responder.write(new byte[50]), Reason.TAMPERED);
    }

    @Test
    void refusesShortMessages() throws Exception {
        assertRefused(fresh(false), new byte[31], Reason.MALFORMED);
        XxHandshake initiator = fresh(true);
        initiator.write(NOTHING);
        byte[] truncated = new byte[79];
        Arrays.fill(truncated, (byte) 9);
        assertRefused(initiator, truncated, Reason.MALFORMED);
    }

    @Test
    void refusesKeysThatMakeTheSecretZero() throws Exception {
        XxHandshake responder = fresh(false);
        responder.read(new byte[32]);
        assertThatThrownBy(() -> responder.write(NOTHING)).isInstanceOfSatisfying(HandshakeException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.WEAK_KEY));
    }

    @Test
    void refusesToBeUsedOutOfTurn() {
        XxHandshake initiator = fresh(true);
        assertThatThrownBy(() -> initiator.read(new byte[32])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(initiator::split).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> fresh(false).write(NOTHING)).isInstanceOf(IllegalStateException.class);
    }

    private static void assertRefused(XxHandshake handshake, byte[] message, Reason reason) {
        assertThatThrownBy(() -> handshake.read(message)).isInstanceOfSatisfying(HandshakeException.class,
                e -> assertThat(e.reason()).isEqualTo(reason));
        assertThatThrownBy(() -> handshake.write(NOTHING)).isInstanceOf(IllegalStateException.class);
    }

    /** The message with a bit turned over; positions below zero count from the end. */
    private static byte[] changed(byte[] message, int position) {
        message[Math.floorMod(position, message.length)] ^= 1;
        return message;
    }

    private static XxHandshake fresh(boolean initiator) {
        return new XxHandshake(initiator, DhKeyPair.generate(RANDOM), DhKeyPair.generate(RANDOM), NOTHING);
    }

    private static DhKeyPair pair(String secret) {
        return DhKeyPair.of(HEX.parseHex(secret));
    }
}
