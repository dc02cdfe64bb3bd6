package io.pinfold.multiformats;

import io.pinfold.multiformats.testing.Attacks;
import io.pinfold.multiformats.testing.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.pinfold.multiformats.testing.Attacks.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PeerIdTest {

    private static final String ED25519 = "12D3KooWNauuyRGc9pHk2AY2MQdtMzgvaFAFfBponXdkytVtcWAo";
    private static final String RSA = "Qmamu84qxkHAcQRECv4XSGjgQ24PWK2BU3rD82G7TQWp2N";

    /** What {@code ipfs key list --ipns-base} of Kubo 0.43 gives for an Ed25519 and an RSA key. */
    @ParameterizedTest
    @CsvSource({
        ED25519 + ", k51qzi5uqu5dkwt3uw82z8f2trlfzqq1r8oy94wlxr4kssmde28vblv5ml3x9w, "
                + "bafzaajaiaejcbpnvwf5gigvmg4uwitr66qoskf4s2v5ob42n2nfza4bjc26n2kbu",
        RSA + ", k2k4r8o0sq5gzgjvm6j1bdwdjq7mjohbkkzgwqomezoac75cqp6wfbqb, "
                + "bafzbeifyyqhw7uqbmwsaxiegertxsyjlealruffkyejl7wg4cbc4ysprem"})
    void threeSpellings(String base58, String base36, String base32) {
        PeerId peer = PeerId.parse(base58).orElseThrow();

        assertThat(peer).hasToString(base58);
        assertThat(PeerId.parse(base36)).isEqualTo(Decoded.ok(peer));
        assertThat(PeerId.parse(base32)).isEqualTo(Decoded.ok(peer));
        assertThat(peer.toCid().toString(Multibase.BASE36)).isEqualTo(base36);
        assertThat(peer.toCid()).hasToString(base32);
        assertThat(PeerId.ofCid(peer.toCid())).isEqualTo(Decoded.ok(peer));
        assertThat(PeerId.decode(peer.toBytes())).isEqualTo(Decoded.ok(peer));
        Attacks.cutAndExtend(peer.toBytes(), PeerId::decode);
        Attacks.mutate(3, 2_000, peer.toBytes(), PeerId::decode, PeerId::toBytes);
    }

    @Test
    void anEd25519KeyIsInlined() {
        PeerId peer = TestKeys.peerId(1);

        assertThat(peer.publicKey()).contains(TestKeys.key(1).publicKey());
        assertThat(peer.toString()).startsWith("12D3KooW");
        assertThat(PeerId.parse(RSA).orElseThrow().publicKey()).isEmpty();
    }

    @Test
    void aSecp256k1KeyIsAPeerWhoseKeyWeCannotUse() {
        String key = "08021221037777e994e452c21604f91de093ce415f5432f701dd8cd1a7a6fea0e630bfca99";
        PeerId peer = PeerId.decode(Multihash.identity(Bytes.fromHex(key)).toBytes()).orElseThrow();

        assertThat(peer.toString()).startsWith("16Uiu2HA");
        assertThat(PeerId.parse(peer.toString())).isEqualTo(Decoded.ok(peer));
        assertThat(peer.publicKey()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', TRUNCATED", "1, TRUNCATED", "Qm, TRUNCATED", "hello, UNSUPPORTED",
        "QmxoHT6iViN5xAjoz1VZ553cL31U9F94ht3QvWR1FrEbZY, TRUNCATED",
        "12D3KooWNauuyRGc9pHk2AY2MQdtMzgvaFAFfBponXdkytVtcWA0, MALFORMED",
        "z12D3KooWNauuyRGc9pHk2AY2MQdtMzgvaFAFfBponXdkytVtcWAo, UNSUPPORTED",
        "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku, WRONG_TYPE",
        "bafkqaaa, WRONG_TYPE", "f01720000, TRUNCATED", "f0172000101, MALFORMED",
        "f01721114da39a3ee5e6b4b0d3255bfef95601890afd80709, UNSUPPORTED"})
    void badTextIsRefused(String text, Refusal.Kind kind) {
        assertRefused(PeerId.parse(text), kind);
    }

    @Test
    void nothingLongerThan42BytesIsInlined() {
        Bytes key = Bytes.fromHex("08031227").concat(Bytes.copyOf(new byte[39]));

        assertRefused(PeerId.decode(Multihash.identity(key).toBytes()), Refusal.Kind.TOO_LONG);
        assertRefused(PeerId.parse("1".repeat(100_000)), Refusal.Kind.TOO_LONG);
    }

    @Test
    void aHashThatIsNoPeerCannotBeMadeOne() {
        Multihash noKey = Multihash.identity(Bytes.EMPTY);
        Multihash sha512 = Multihash.of(Multicodec.SHA2_512, Bytes.EMPTY);

        assertThatThrownBy(() -> new PeerId(noKey)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PeerId(sha512)).isInstanceOf(IllegalArgumentException.class);
    }
}
