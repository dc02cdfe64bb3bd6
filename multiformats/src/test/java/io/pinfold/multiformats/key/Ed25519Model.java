package io.pinfold.multiformats.key;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * Ed25519 written down from RFC 8032 with big integers: slow, plain, and open at the edges, so that signatures can be
 * made which an honest signer never makes.
 */
final class Ed25519Model {

    static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    /** Order of the base point. */
    static final BigInteger L = BigInteger.TWO.pow(252)
            .add(new BigInteger("27742317777372353535851937790883648493"));

    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(P))
            .mod(P);
    private static final BigInteger SQRT_M1 = BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);

    static final Point IDENTITY = new Point(BigInteger.ZERO, BigInteger.ONE);
    static final Point BASE = new Point(
            new BigInteger("15112221349535400772501151409588531511454012693041857206046113283949847762202"),
            BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(P)).mod(P));

    private Ed25519Model() {}

    /** A point of the curve -x² + y² = 1 + d x² y². */
    record Point(BigInteger x, BigInteger y) {

        Point plus(Point other) {
            return new Projective(x, y, BigInteger.ONE).plus(new Projective(other.x, other.y, BigInteger.ONE))
                    .toPoint();
        }

        Point negated() {
            return new Point(x.negate().mod(P), y);
        }

        Point times(BigInteger factor) {
            Projective self = new Projective(x, y, BigInteger.ONE);
            Projective sum = new Projective(BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE);
            for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
                sum = sum.plus(sum);
                sum = factor.testBit(bit) ? sum.plus(self) : sum;
            }
            return sum.toPoint();
        }

        boolean isSmallOrder() {
            return times(BigInteger.valueOf(8)).equals(IDENTITY);
        }

        Bytes encode() {
            return Ed25519Model.encode(y, x.testBit(0));
        }
    }

    /** The point (x/z, y/z), so that sums need no division. */
    private record Projective(BigInteger x, BigInteger y, BigInteger z) {

        Projective plus(Projective other) {
            BigInteger zz = z.multiply(other.z).mod(P);
            BigInteger xx = x.multiply(other.x).mod(P);
            BigInteger yy = y.multiply(other.y).mod(P);
            BigInteger e = D.multiply(xx).mod(P).multiply(yy).mod(P);
            BigInteger f = zz.multiply(zz).subtract(e).mod(P);
            BigInteger g = zz.multiply(zz).add(e).mod(P);
            BigInteger cross = x.multiply(other.y).add(y.multiply(other.x)).mod(P);
            return new Projective(zz.multiply(f).mod(P).multiply(cross).mod(P),
                    zz.multiply(g).mod(P).multiply(yy.add(xx)).mod(P), f.multiply(g).mod(P));
        }

        Point toPoint() {
            BigInteger inverse = z.modInverse(P);
            return new Point(x.multiply(inverse).mod(P), y.multiply(inverse).mod(P));
        }
    }

    /** 32 bytes, least significant first, with {@code sign} as the top bit. */
    static Bytes encode(BigInteger y, boolean sign) {
        BigInteger number = sign ? y.setBit(255) : y;
        byte[] bytes = new byte[32];
        for (int i = 0; i < 32; i++) {
            bytes[i] = number.shiftRight(8 * i).byteValue();
        }
        return Bytes.copyOf(bytes);
    }

    static BigInteger number(Bytes littleEndian) {
        byte[] bytes = littleEndian.toArray();
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    /** The point of a canonical encoding. */
    static Optional<Point> decode(Bytes encoded) {
        BigInteger number = number(encoded);
        BigInteger y = number.clearBit(255);
        if (y.compareTo(P) >= 0) {
            return Optional.empty();
        }
        BigInteger yy = y.multiply(y);
        BigInteger xx = yy.subtract(BigInteger.ONE).multiply(D.multiply(yy).add(BigInteger.ONE).modInverse(P)).mod(P);
        BigInteger x = xx.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        if (!x.multiply(x).mod(P).equals(xx)) {
            x = x.multiply(SQRT_M1).mod(P);
        }
        boolean sign = number.testBit(255);
        if (!x.multiply(x).mod(P).equals(xx) || (x.signum() == 0 && sign)) {
            return Optional.empty();
        }
        return Optional.of(new Point(x.testBit(0) == sign ? x : P.subtract(x).mod(P), y));
    }

    static BigInteger challenge(Bytes r, Bytes a, Bytes message) {
        return number(Multihash.of(Multicodec.SHA2_512, r.concat(a).concat(message)).digest()).mod(L);
    }

    /** The rules of this project. */
    static boolean verifies(Bytes key, Bytes message, Bytes signature) {
        Optional<Point> a = decode(key);
        Optional<Point> r = decode(signature.slice(0, 32));
        BigInteger s = number(signature.slice(32, 64));
        if (a.isEmpty() || r.isEmpty() || s.compareTo(L) >= 0 || a.get().isSmallOrder()) {
            return false;
        }
        return residue(key, message, signature).isSmallOrder();
    }

    /** [S]B - R - [k]A, which an honest signature makes the identity. */
    static Point residue(Bytes key, Bytes message, Bytes signature) {
        Point a = decode(key).orElseThrow();
        Point r = decode(signature.slice(0, 32)).orElseThrow();
        BigInteger k = challenge(signature.slice(0, 32), key, message);
        return BASE.times(number(signature.slice(32, 64))).plus(r.plus(a.times(k)).negated());
    }

    /** The eight points of small order, [0]T to [7]T for a T of order 8. */
    static Point[] torsion() {
        BigInteger y = BigInteger.TWO;
        Point generator = IDENTITY;
        while (generator.times(BigInteger.valueOf(4)).equals(IDENTITY)) {
            generator = decode(encode(y, false)).map(point -> point.times(L)).orElse(IDENTITY);
            y = y.add(BigInteger.ONE);
        }
        Point[] points = new Point[8];
        Arrays.setAll(points, i -> IDENTITY);
        for (int i = 1; i < 8; i++) {
            points[i] = points[i - 1].plus(generator);
        }
        return points;
    }
}
