package io.pinfold.libp2p.noise;

import io.pinfold.libp2p.transport.HandshakeException;
import io.pinfold.libp2p.transport.HandshakeException.Reason;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The Noise handshake XX, one side of it: {@code -> e}, {@code <- e, ee, s, es}, {@code -> s, se} (section 7.5).
 *
 * <p>The two sides call {@link #write} and {@link #read} in turn; a call out of turn is a bug of the caller's. After a
 * failed read the handshake is dead.
 */
final class XxHandshake {

    private static final String PROTOCOL_NAME = "Noise_XX_25519_ChaChaPoly_SHA256";

    /** Which message comes next. */
    private enum Next {
        /** The initiator's ephemeral key. */
        FIRST,
        /** The responder's ephemeral and static keys. */
        SECOND,
        /** The initiator's static key. */
        THIRD,
        /** None: the keys of the channel can be had. */
        NONE,
        /** None: a message was refused. */
        FAILED
    }

    private final boolean initiator;
    private final DhKeyPair staticKeys;
    private final DhKeyPair ephemeralKeys;
    private final SymmetricState state = new SymmetricState(PROTOCOL_NAME);
    private byte @Nullable [] remoteEphemeral;
    private byte @Nullable [] remoteStatic;
    private Next next = Next.FIRST;

    XxHandshake(boolean initiator, DhKeyPair staticKeys, DhKeyPair ephemeralKeys, byte[] prologue) {
        this.initiator = initiator;
        this.staticKeys = staticKeys;
        this.ephemeralKeys = ephemeralKeys;
        state.mixHash(prologue);
    }

    /** The next message, carrying {@code payload}. */
    byte[] write(byte[] payload) throws HandshakeException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        switch (turn(true)) {
            case FIRST -> {
                writeEphemeral(message);
                next = Next.SECOND;
            }
            case SECOND -> {
                writeEphemeral(message);
                state.mixKey(ephemeralKeys.agree(known(remoteEphemeral)));
                message.writeBytes(state.encryptAndHash(staticKeys.publicKey()));
                state.mixKey(staticKeys.agree(known(remoteEphemeral)));
                next = Next.THIRD;
            }
            default -> {
                message.writeBytes(state.encryptAndHash(staticKeys.publicKey()));
                state.mixKey(staticKeys.agree(known(remoteEphemeral)));
                next = Next.NONE;
            }
        }
        message.writeBytes(state.encryptAndHash(payload));
        return message.toByteArray();
    }

    /** The payload of the next message, {@code message}. */
    byte[] read(byte[] message) throws HandshakeException {
        Next now = turn(false);
        next = Next.FAILED;
        Cursor cursor = new Cursor(message);
        Next then;
        switch (now) {
            case FIRST -> {
                readEphemeral(cursor);
                then = Next.SECOND;
            }
            case SECOND -> {
                readEphemeral(cursor);
                state.mixKey(ephemeralKeys.agree(known(remoteEphemeral)));
                remoteStatic = state.decryptAndHash(cursor.take(DhKeyPair.SIZE + CipherState.TAG_SIZE));
                state.mixKey(ephemeralKeys.agree(remoteStatic));
                then = Next.THIRD;
            }
            default -> {
                remoteStatic = state.decryptAndHash(cursor.take(DhKeyPair.SIZE + CipherState.TAG_SIZE));
                state.mixKey(ephemeralKeys.agree(remoteStatic));
                then = Next.NONE;
            }
        }
        byte[] payload = state.decryptAndHash(cursor.rest());
        next = then;
        return payload;
    }

    /** The other side's static public key, once it came. */
    byte[] remoteStatic() {
        return known(remoteStatic).clone();
    }

    /** What both sides saw, in 32 bytes; the same at both. */
    byte[] hash() {
        return state.hash();
    }

    /** The keys of the channel, ours for sending first; only after the third message. */
    CipherState[] split() {
        if (next != Next.NONE) {
            throw new IllegalStateException("the handshake is at " + next);
        }
        CipherState[] states = state.split();
        return initiator ? states : new CipherState[]{states[1], states[0]};
    }

    private Next turn(boolean writing) {
        boolean initiatorWrites = next == Next.FIRST || next == Next.THIRD;
        if (next == Next.NONE || next == Next.FAILED || writing != (initiator == initiatorWrites)) {
            throw new IllegalStateException("out of turn at " + next);
        }
        return next;
    }

    private void writeEphemeral(ByteArrayOutputStream message) {
        message.writeBytes(ephemeralKeys.publicKey());
        state.mixHash(ephemeralKeys.publicKey());
    }

    private void readEphemeral(Cursor cursor) throws HandshakeException {
        byte[] key = cursor.take(DhKeyPair.SIZE);
        state.mixHash(key);
        remoteEphemeral = key;
    }

    private static byte[] known(byte @Nullable [] key) {
        if (key == null) {
            throw new IllegalStateException("the key has not come yet");
        }
        return key;
    }

    /** Takes a message apart. */
    private static final class Cursor {
        private final byte[] message;
        private int position;

        Cursor(byte[] message) {
            this.message = message;
        }

        byte[] take(int size) throws HandshakeException {
            if (message.length - position < size) {
                throw new HandshakeException(Reason.MALFORMED, "a handshake message of " + message.length + " bytes");
            }
            position += size;
            return Arrays.copyOfRange(message, position - size, position);
        }

        byte[] rest() {
            return Arrays.copyOfRange(message, position, message.length);
        }
    }
}
