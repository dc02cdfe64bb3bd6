package io.pinfold.multiformats;

import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.digests.Blake3Digest;

/** The hash functions that can be computed, each with its multicodec code and digest size in bytes. */
enum HashFunction {
    SHA2_256(Multicodec.SHA2_256, 32), SHA2_512(Multicodec.SHA2_512, 64), BLAKE2B_256(Multicodec.BLAKE2B_256,
            32), BLAKE3(Multicodec.BLAKE3, 32);

    private static final List<HashFunction> ALL = List.of(values());

    private final long code;
    private final int size;

    HashFunction(long code, int size) {
        this.code = code;
        this.size = size;
    }

    /** The function with {@code code}, if it is known. */
    static Optional<HashFunction> of(long code) {
        for (HashFunction function : ALL) {
            if (function.code == code) {
                return Optional.of(function);
            }
        }
        return Optional.empty();
    }

    long code() {
        return code;
    }

    int size() {
        return size;
    }

    Bytes digest(Bytes data) {
        byte[] input = data.array();
        return Bytes.owning(switch (this) {
            case SHA2_256 -> Sha2.SHORT.of(input);
            case SHA2_512 -> Sha2.LONG.of(input);
            case BLAKE2B_256 -> bouncyCastle(new Blake2bDigest(256), input);
            case BLAKE3 -> bouncyCastle(new Blake3Digest(256), input);
        });
    }

    private static byte[] bouncyCastle(Digest function, byte[] data) {
        function.update(data, 0, data.length);
        byte[] digest = new byte[function.getDigestSize()];
        function.doFinal(digest, 0);
        return digest;
    }

    /** Made at the first use. */
    private static final class Sha2 {

        static final Digests SHORT = new Digests("SHA-256");
        static final Digests LONG = new Digests("SHA-512");
    }
}
