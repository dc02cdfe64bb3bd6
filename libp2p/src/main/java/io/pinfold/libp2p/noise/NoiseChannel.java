package io.pinfold.libp2p.noise;

import io.pinfold.multiformats.key.PeerKey;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * A secure channel to a peer whose identity key is proved.
 *
 * @param remoteKey the peer's identity key
 * @param remoteMuxers the multiplexers it speaks, the best first; empty if it does not negotiate them in the handshake
 * @param input what it sends, decrypted; for one thread at a time
 * @param output what we send; for one thread at a time, each write being at least one message
 */
public record NoiseChannel(PeerKey remoteKey, List<String> remoteMuxers, InputStream input, OutputStream output) {

    /** Longest message: what two bytes of length can say. */
    public static final int MAX_MESSAGE = 65535;
    /** Most bytes that one message carries. */
    public static final int MAX_PLAINTEXT = MAX_MESSAGE - CipherState.TAG_SIZE;

    public NoiseChannel {
        remoteMuxers = List.copyOf(remoteMuxers);
    }
}
