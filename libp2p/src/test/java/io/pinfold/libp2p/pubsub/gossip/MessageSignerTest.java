package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.libp2p.pubsub.Message;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.testing.RsaIdentity;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.testkit.ManualClock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MessageSignerTest {

    private static final PeerId VIA = TestKeys.peerId(9);

    private final MessageSigner signer = new MessageSigner(TestKeys.key(1), new ManualClock());
    private final WireMessage signed = signer.sign("topic", Bytes.fromHex("0102"));

    @Test
    void aSignedMessageHolds() {
        assertThat(check(signed).toOptional().map(Message::author)).contains(TestKeys.peerId(1));
    }

    @Test
    void sequenceNumbersGrowFromTheClock() {
        Bytes next = signer.sign("topic", Bytes.EMPTY).sequence().orElseThrow();
        assertThat(next).isGreaterThan(signed.sequence().orElseThrow());
        assertThat(next.toBuffer().getLong()).isGreaterThan(ManualClock.START.toEpochMilli() * 1_000_000);
    }

    @Test
    void whatIsChangedNoLongerHolds() {
        Bytes other = Bytes.fromHex("0000000000000007");
        assertThat(kind(with(signed, signed.from(), other, "topic"))).isEqualTo(Refusal.Kind.BAD_SIGNATURE);
        assertThat(kind(with(signed, signed.from(), signed.sequence().orElseThrow(), "another")))
                .isEqualTo(Refusal.Kind.BAD_SIGNATURE);
        assertThat(
                kind(with(signed, Optional.of(TestKeys.peerId(2).toBytes()), signed.sequence().orElseThrow(), "topic")))
                .isEqualTo(Refusal.Kind.BAD_SIGNATURE);
    }

    @Test
    void aKeyThatIsNotTheAuthorsIsRefused() {
        var foreign = new WireMessage(signed.from(), signed.data(), signed.sequence(), "topic", signed.signature(),
                Optional.of(TestKeys.key(2).publicKey().toBytes()));
        assertThat(kind(foreign)).isEqualTo(Refusal.Kind.BAD_SIGNATURE);
    }

    @Test
    void aStrangersSignatureUnderAnothersNameIsRefused() {
        var unsigned = new WireMessage(signed.from(), signed.data(), signed.sequence(), "topic", Optional.empty(),
                Optional.empty());
        var forged = new WireMessage(signed.from(), signed.data(), signed.sequence(), "topic",
                Optional.of(TestKeys.key(2).sign(MessageSigner.signedBytes(unsigned))),
                Optional.of(TestKeys.key(2).publicKey().toBytes()));
        assertThat(kind(forged)).isEqualTo(Refusal.Kind.BAD_SIGNATURE);
    }

    @Test
    void anRsaAuthorSendsItsKey() {
        RsaIdentity rsa = new RsaIdentity(2_048);
        var unsigned = new WireMessage(Optional.of(rsa.key().peerId().toBytes()), signed.data(), signed.sequence(),
                "topic",
                Optional.empty(), Optional.empty());
        Bytes signature = rsa.sign(MessageSigner.signedBytes(unsigned));
        var whole = new WireMessage(unsigned.from(), signed.data(), signed.sequence(), "topic", Optional.of(signature),
                Optional.of(rsa.message()));
        assertThat(check(whole).toOptional().map(Message::author)).contains(rsa.key().peerId());
        assertThat(kind(with(whole, whole.from(), Bytes.fromHex("0000000000000007"), "topic")))
                .isEqualTo(Refusal.Kind.BAD_SIGNATURE);
        assertThat(kind(with(whole, signed.from(), signed.sequence().orElseThrow(), "topic")))
                .isEqualTo(Refusal.Kind.BAD_SIGNATURE);
        var without = new WireMessage(unsigned.from(), signed.data(), signed.sequence(), "topic",
                Optional.of(signature), Optional.empty());
        assertThat(kind(without)).isEqualTo(Refusal.Kind.UNSUPPORTED);
    }

    @Test
    void anUnsignedMessageIsRefused() {
        var unsigned = new WireMessage(signed.from(), signed.data(), signed.sequence(), "topic", Optional.empty(),
                Optional.empty());
        assertThat(kind(unsigned)).isEqualTo(Refusal.Kind.MALFORMED);
        var anonymous = new WireMessage(Optional.empty(), signed.data(), signed.sequence(), "topic", signed.signature(),
                Optional.empty());
        assertThat(kind(anonymous)).isEqualTo(Refusal.Kind.MALFORMED);
        assertThat(kind(with(signed, signed.from(), Bytes.fromHex("01"), "topic"))).isEqualTo(Refusal.Kind.MALFORMED);
    }

    private static WireMessage with(WireMessage message, Optional<Bytes> from, Bytes sequence, String topic) {
        return new WireMessage(from, message.data(), Optional.of(sequence), topic, message.signature(), message.key());
    }

    private static Decoded<Message> check(WireMessage message) {
        return MessageSigner.parse(message, VIA).flatMap(parsed -> MessageSigner.verify(message, parsed));
    }

    private static Refusal.Kind kind(WireMessage message) {
        return check(message) instanceof Decoded.Refused<Message>(Refusal refusal)
                ? refusal.kind()
                : org.assertj.core.api.Assertions.fail("accepted");
    }
}
