package io.pinfold.multiformats.testing;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.key.PrivateKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Private keys made of a number. */
public final class TestKeys {

    private static final Map<Integer, PrivateKey> KEYS = new ConcurrentHashMap<>();

    private TestKeys() {}

    /** The key with number {@code number}: its seed is the SHA2-256 of {@code "pinfold test key <number>"}. */
    public static PrivateKey key(int number) {
        return KEYS.computeIfAbsent(number, TestKeys::make);
    }

    private static PrivateKey make(int number) {
        byte[] label = ("pinfold test key " + number).getBytes(StandardCharsets.UTF_8);
        return PrivateKey.fromSeed(Multihash.sha256(Bytes.copyOf(label)).digest());
    }

    /** The peer id of {@link #key}. */
    public static PeerId peerId(int number) {
        return key(number).peerId();
    }
}
