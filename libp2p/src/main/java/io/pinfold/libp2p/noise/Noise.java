package io.pinfold.libp2p.noise;

import io.pinfold.libp2p.transport.HandshakeException;
import io.pinfold.libp2p.transport.HandshakeException.Reason;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.key.PeerKey;
import io.pinfold.multiformats.key.PrivateKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * Makes a secure channel of a link, in the name of one identity.
 *
 * <p>The static key is fresh at each start of the host and signed once. Thread-safe; a handshake blocks, and is bounded
 * in time by whoever closes the link. Inputs should be buffered: they are read in small pieces.
 */
public final class Noise {

    /** The protocol's name in multistream-select. */
    public static final String PROTOCOL = "/noise";

    private static final byte[] SIGNATURE_PREFIX = "noise-libp2p-static-key:".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NO_PAYLOAD = {};
    private static final byte[] NO_PROLOGUE = {};

    private final SecureRandom random;
    private final DhKeyPair staticKeys;
    private final byte[] payload;

    /** Handshakes of {@code identity}, which offers {@code muxers}, the best first. */
    public Noise(PrivateKey identity, List<String> muxers, SecureRandom random) {
        this.random = random;
        staticKeys = DhKeyPair.generate(random);
        Bytes signature = identity.sign(signed(staticKeys.publicKey()));
        payload = new NoisePayload(identity.publicKey().toBytes(), signature, muxers).toBytes();
    }

    /** Secures a link that we dialled to reach {@code expected}; {@link Reason#WRONG_PEER} if it is somebody else. */
    public NoiseChannel initiate(InputStream in, OutputStream out, PeerId expected) throws IOException {
        XxHandshake handshake = start(true);
        FrameIo.write(out, handshake.write(NO_PAYLOAD));
        NoisePayload theirs = parse(handshake.read(FrameIo.read(in)));
        PeerKey remote = authenticate(theirs, handshake.remoteStatic(), Optional.of(expected));
        FrameIo.write(out, handshake.write(payload));
        return channel(handshake, remote, theirs, in, out);
    }

    /** Secures a link that somebody dialled to us. */
    public NoiseChannel respond(InputStream in, OutputStream out) throws IOException {
        XxHandshake handshake = start(false);
        handshake.read(FrameIo.read(in));
        FrameIo.write(out, handshake.write(payload));
        NoisePayload theirs = parse(handshake.read(FrameIo.read(in)));
        PeerKey remote = authenticate(theirs, handshake.remoteStatic(), Optional.empty());
        return channel(handshake, remote, theirs, in, out);
    }

    private XxHandshake start(boolean initiator) {
        return new XxHandshake(initiator, staticKeys, DhKeyPair.generate(random), NO_PROLOGUE);
    }

    private static NoiseChannel channel(XxHandshake handshake, PeerKey remote, NoisePayload theirs, InputStream in,
            OutputStream out) {
        CipherState[] ciphers = handshake.split();
        return new NoiseChannel(remote, theirs.streamMuxers(), new NoiseInput(in, ciphers[1]),
                new NoiseOutput(out, ciphers[0]));
    }

    private static NoisePayload parse(byte[] message) throws HandshakeException {
        return switch (NoisePayload.decode(message)) {
            case Decoded.Ok<NoisePayload>(NoisePayload value) -> value;
            case Decoded.Refused<NoisePayload>(Refusal refusal) ->
                throw new HandshakeException(Reason.MALFORMED, refusal.toString());
        };
    }

    private static PeerKey authenticate(NoisePayload theirs, byte[] remoteStatic, Optional<PeerId> expected)
            throws HandshakeException {
        PeerKey key = identityKey(theirs.identityKey());
        if (!key.verifies(signed(remoteStatic), theirs.identitySignature())) {
            throw new HandshakeException(Reason.BAD_SIGNATURE, "the identity key did not sign the static key");
        }
        if (expected.isPresent() && !expected.get().equals(key.peerId())) {
            throw new HandshakeException(Reason.WRONG_PEER, "it is " + key.peerId());
        }
        return key;
    }

    private static PeerKey identityKey(Bytes message) throws HandshakeException {
        return switch (PeerKey.decode(message)) {
            case Decoded.Ok<PeerKey>(PeerKey key) -> key;
            case Decoded.Refused<PeerKey>(Refusal refusal) -> throw new HandshakeException(
                    refusal.kind() == Refusal.Kind.UNSUPPORTED ? Reason.KEY_TYPE_UNSUPPORTED : Reason.MALFORMED,
                    refusal.toString());
        };
    }

    private static Bytes signed(byte[] staticKey) {
        return Bytes.copyOf(SIGNATURE_PREFIX).concat(Bytes.copyOf(staticKey));
    }
}
