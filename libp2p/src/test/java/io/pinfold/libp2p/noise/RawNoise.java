package io.pinfold.libp2p.noise;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.multiformats.key.PublicKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.UnaryOperator;

/** One side of a Noise handshake that a test can make say anything. */
public final class RawNoise {

    private static final byte[] NOTHING = {};
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Bytes identityKey;
    private final UnaryOperator<Bytes> signer;
    private final DhKeyPair staticKeys = DhKeyPair.generate(RANDOM);
    private List<String> muxers = List.of("/yamux/1.0.0");
    private UnaryOperator<byte[]> payloadChange = payload -> payload;
    private UnaryOperator<byte[]> messageChange = message -> message;

    /** A side that behaves, as {@code identity}. */
    public RawNoise(PrivateKey identity) {
        this(identity.publicKey().toBytes(), identity::sign);
    }

    /** A side that behaves, with the identity key {@code identityKey} in protobuf form, which signs by {@code signer}. */
    public RawNoise(Bytes identityKey, UnaryOperator<Bytes> signer) {
        this.identityKey = identityKey;
        this.signer = signer;
    }

    /** Names other multiplexers within the handshake. */
    public RawNoise withMuxers(String... names) {
        muxers = List.of(names);
        return this;
    }

    /** Changes the payload before it is encrypted. */
    public RawNoise changingPayload(UnaryOperator<byte[]> change) {
        payloadChange = change;
        return this;
    }

    /** Changes the message that carries the payload, after encryption. */
    public RawNoise changingMessage(UnaryOperator<byte[]> change) {
        messageChange = change;
        return this;
    }

    /** A payload with {@code key} and {@code signature} in place of ours. */
    public static byte[] payload(Bytes key, Bytes signature) {
        return new NoisePayload(key, signature, List.of()).toBytes();
    }

    /** Sends the first message alone. */
    public static void sendFirst(OutputStream out) throws IOException {
        FrameIo.write(out, DhKeyPair.generate(RANDOM).publicKey());
    }

    /** Does the dialler's part; what comes back is unchecked. */
    public NoiseChannel initiate(InputStream in, OutputStream out) throws IOException {
        XxHandshake handshake = new XxHandshake(true, staticKeys, DhKeyPair.generate(RANDOM), NOTHING);
        FrameIo.write(out, handshake.write(NOTHING));
        NoisePayload theirs = NoisePayload.decode(handshake.read(FrameIo.read(in))).orElseThrow();
        FrameIo.write(out, messageChange.apply(handshake.write(payload())));
        return channel(handshake, theirs, in, out);
    }

    /** Does the listener's part; what comes back is unchecked. */
    public NoiseChannel respond(InputStream in, OutputStream out) throws IOException {
        XxHandshake handshake = new XxHandshake(false, staticKeys, DhKeyPair.generate(RANDOM), NOTHING);
        handshake.read(FrameIo.read(in));
        FrameIo.write(out, messageChange.apply(handshake.write(payload())));
        NoisePayload theirs = NoisePayload.decode(handshake.read(FrameIo.read(in))).orElseThrow();
        return channel(handshake, theirs, in, out);
    }

    private static NoiseChannel channel(XxHandshake handshake, NoisePayload theirs, InputStream in, OutputStream out) {
        CipherState[] ciphers = handshake.split();
        PublicKey key = PublicKey.decode(theirs.identityKey()).orElseThrow();
        return new NoiseChannel(key, theirs.streamMuxers(), new NoiseInput(in, ciphers[1]),
                new NoiseOutput(out, ciphers[0]));
    }

    private byte[] payload() {
        Bytes signed = Bytes.copyOf("noise-libp2p-static-key:".getBytes(StandardCharsets.UTF_8))
                .concat(Bytes.copyOf(staticKeys.publicKey()));
        NoisePayload payload = new NoisePayload(identityKey, signer.apply(signed), muxers);
        return payloadChange.apply(payload.toBytes());
    }
}
