package io.pinfold.multiformats;

import java.util.Optional;

/**
 * A digest that names its hash function: code and length as varints, then the digest.
 *
 * <p>A digest of a function that we can compute has exactly that function's size. Other functions are carried as they
 * are, and {@link #verifies} says no for them. No digest is longer than {@value #MAX_DIGEST} bytes, which bounds
 * identity hashes too.
 *
 * @param code of the hash function, see {@link Multicodec}
 */
public record Multihash(long code, Bytes digest) implements Comparable<Multihash> {

    /** The greatest size of a digest, in bytes; go-ipfs bounds identity hashes alike. */
    public static final int MAX_DIGEST = 128;

    /**
     * Checks code and size.
     *
     * @throws IllegalArgumentException if the code is negative or the digest's size is wrong for it
     */
    public Multihash {
        problem(code, digest.size()).ifPresent(refusal -> {
            throw new IllegalArgumentException(refusal.toString());
        });
    }

    private static Optional<Refusal> problem(long code, int size) {
        if (code < 0) {
            return Optional.of(new Refusal(Refusal.Kind.OVERFLOW, "hash code is negative"));
        }
        if (size > MAX_DIGEST) {
            return Optional
                    .of(new Refusal(Refusal.Kind.TOO_LONG,
                            "digest of " + size + " bytes, at most " + MAX_DIGEST + " allowed"));
        }
        return HashFunction.of(code)
                .filter(function -> function.size() != size)
                .map(function -> new Refusal(Refusal.Kind.MALFORMED,
                        "digest of " + size + " bytes, " + function + " has " + function.size()));
    }

    /** The SHA2-256 multihash of {@code data}. */
    public static Multihash sha256(Bytes data) {
        return of(Multicodec.SHA2_256, data);
    }

    /** The multihash that holds {@code data}, at most {@value #MAX_DIGEST} bytes, itself. */
    public static Multihash identity(Bytes data) {
        return new Multihash(Multicodec.IDENTITY, data);
    }

    /**
     * The multihash of {@code data} by the function {@code code}.
     *
     * @throws IllegalArgumentException if we cannot compute that function
     */
    public static Multihash of(long code, Bytes data) {
        if (code == Multicodec.IDENTITY) {
            return identity(data);
        }
        HashFunction function = HashFunction.of(code)
                .orElseThrow(() -> new IllegalArgumentException("unknown hash function 0x" + Long.toHexString(code)));
        return new Multihash(code, function.digest(data));
    }

    /** The multihash that {@code bytes} are, wholly. */
    public static Decoded<Multihash> decode(Bytes bytes) {
        return Decoded.attempt(() -> {
            ByteReader in = new ByteReader(bytes);
            Multihash hash = read(in);
            in.expectEnd();
            return hash;
        });
    }

    /** Takes a multihash from {@code in}. */
    public static Multihash read(ByteReader in) throws RefusalException {
        long code = in.readVarint();
        Bytes digest = in.readPrefixed(MAX_DIGEST);
        Optional<Refusal> problem = problem(code, digest.size());
        if (problem.isPresent()) {
            throw new RefusalException(problem.get());
        }
        return new Multihash(code, digest);
    }

    /** The encoding. */
    public Bytes toBytes() {
        return putTo(new BytesBuilder(size())).build();
    }

    /** Number of bytes of the encoding. */
    public int size() {
        return Varint.sizeOf(code) + BytesBuilder.sizeOfPrefixed(digest.size());
    }

    BytesBuilder putTo(BytesBuilder out) {
        return out.putVarint(code).putPrefixed(digest);
    }

    /** Whether {@link #of} can compute the function {@code code}; the identity function is none of those. */
    public static boolean canCompute(long code) {
        return HashFunction.of(code).isPresent();
    }

    /** Whether we can compute this hash function, so that {@link #verifies} can say yes. */
    public boolean isVerifiable() {
        return code == Multicodec.IDENTITY || HashFunction.of(code).isPresent();
    }

    /** Whether {@code data} has this hash; no for functions that we cannot compute. */
    public boolean verifies(Bytes data) {
        if (code == Multicodec.IDENTITY) {
            return digest.equals(data);
        }
        return HashFunction.of(code).map(function -> function.digest(data).equals(digest)).orElse(false);
    }

    @Override
    public int compareTo(Multihash other) {
        return toBytes().compareTo(other.toBytes());
    }

    @Override
    public String toString() {
        return toBytes().toHex();
    }
}
