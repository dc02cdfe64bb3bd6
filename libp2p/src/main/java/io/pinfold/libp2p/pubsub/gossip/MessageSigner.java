package io.pinfold.libp2p.pubsub.gossip;

import io.pinfold.libp2p.pubsub.Message;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.key.PeerKey;
import io.pinfold.multiformats.key.PrivateKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Signs our messages and checks those of others (StrictSign).
 *
 * <p>Our sequence numbers begin at the clock's nanoseconds, since some implementations drop numbers below the highest
 * that they have seen from an author, also across restarts.
 *
 * @see <a href="https://github.com/libp2p/specs/tree/master/pubsub#message-signing">message signing</a>
 */
final class MessageSigner {

    private static final Bytes PREFIX = Bytes.copyOf("libp2p-pubsub:".getBytes(StandardCharsets.UTF_8));
    private static final int SEQUENCE_BYTES = 8;

    private final PrivateKey key;
    private final AtomicLong sequence;

    MessageSigner(PrivateKey key, InstantSource clock) {
        this.key = key;
        this.sequence = new AtomicLong(clock.millis() * 1_000_000);
    }

    WireMessage sign(String topic, Bytes data) {
        Bytes number = Bytes.copyOf(ByteBuffer.allocate(SEQUENCE_BYTES).putLong(sequence.getAndIncrement()).array());
        var unsigned = new WireMessage(Optional.of(key.peerId().toBytes()), Optional.of(data), Optional.of(number),
                topic,
                Optional.empty(), Optional.empty());
        return new WireMessage(unsigned.from(), unsigned.data(), unsigned.sequence(), topic,
                Optional.of(key.sign(signedBytes(unsigned))), Optional.empty());
    }

    /** The message's shape, nothing about its signature: enough to name it. */
    static Decoded<Message> parse(WireMessage message, PeerId via) {
        if (message.from().isEmpty() || message.sequence().isEmpty() || message.signature().isEmpty()) {
            return Decoded.refused(Refusal.Kind.MALFORMED, "a message without author, sequence number or signature");
        }
        if (message.sequence().get().size() != SEQUENCE_BYTES) {
            return Decoded.refused(Refusal.Kind.MALFORMED, "a sequence number that is not 8 bytes long");
        }
        return PeerId.decode(message.from().get())
                .map(author -> new Message(message.topic(), author, via, message.sequence().get(),
                        message.data().orElse(Bytes.EMPTY)));
    }

    /** Whether {@code author} signed the message. */
    static Decoded<Message> verify(WireMessage message, Message parsed) {
        Decoded<PeerKey> authorKey = message.key().isPresent()
                ? PeerKey.decode(message.key().get())
                : parsed.author()
                        .publicKey()
                        .<Decoded<PeerKey>>map(Decoded::ok)
                        .orElseGet(
                                () -> Decoded.refused(Refusal.Kind.UNSUPPORTED,
                                        "an author without an inline key sent none"));
        return authorKey.flatMap(publicKey -> {
            if (!publicKey.peerId().equals(parsed.author())) {
                return Decoded.refused(Refusal.Kind.BAD_SIGNATURE, "the key is not the author's");
            }
            return publicKey.verifies(signedBytes(message), message.signature().orElse(Bytes.EMPTY))
                    ? Decoded.ok(parsed)
                    : Decoded.refused(Refusal.Kind.BAD_SIGNATURE, "the author's signature does not hold");
        });
    }

    /** What the author signs. */
    static Bytes signedBytes(WireMessage message) {
        return PREFIX.concat(Bytes.copyOf(RpcEncoder.signedPart(message)));
    }
}
