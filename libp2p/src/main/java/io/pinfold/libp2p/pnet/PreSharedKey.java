package io.pinfold.libp2p.pnet;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multibase;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.Refusal.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The key of a private network, 32 bytes. {@link #toString} never shows it. */
public final class PreSharedKey {

    /** The size of a key, in bytes. */
    public static final int SIZE = 32;
    /** The greatest size of a key file, in bytes. */
    public static final int MAX_FILE = 256;

    private static final String HEADER = "/key/swarm/psk/1.0.0/";
    private static final String BINARY = "/bin/";
    private static final String BASE16 = "/base16/";
    private static final String BASE64 = "/base64/";

    private final Bytes key;

    /**
     * The key with these bytes.
     *
     * @throws IllegalArgumentException if they are not 32
     */
    public PreSharedKey(Bytes key) {
        if (key.size() != SIZE) {
            throw new IllegalArgumentException("a pre-shared key has 32 bytes, not " + key.size());
        }
        this.key = key;
    }

    /**
     * The key in a {@code swarm.key} file: a line {@code /key/swarm/psk/1.0.0/}, a line {@code /base16/}, {@code /base64/}
     * or {@code /bin/}, and the key in that form. Space behind a line, and behind a key in text, is passed over.
     */
    public static Decoded<PreSharedKey> parse(Bytes file) {
        if (file.size() > MAX_FILE) {
            return Decoded.refused(Kind.TOO_LONG, "a key file of " + file.size() + " bytes");
        }
        int first = lineEnd(file, 0);
        int second = lineEnd(file, first);
        if (!line(file, 0, first).equals(HEADER)) {
            return Decoded.refused(Kind.UNSUPPORTED, "a key file begins with " + HEADER);
        }
        Bytes rest = file.slice(second, file.size());
        return switch (line(file, first, second)) {
            case BINARY -> of(rest);
            case BASE16 -> text(Multibase.BASE16, rest);
            case BASE64 -> text(Multibase.BASE64_PAD, rest);
            default -> Decoded.refused(Kind.UNSUPPORTED,
                    "a key file's second line is one of " + List.of(BASE16, BASE64, BINARY));
        };
    }

    private static int lineEnd(Bytes file, int from) {
        for (int at = from; at < file.size(); at++) {
            if (file.get(at) == '\n') {
                return at + 1;
            }
        }
        return file.size();
    }

    private static String line(Bytes file, int from, int to) {
        return new String(file.slice(from, to).toArray(), StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private static Decoded<PreSharedKey> text(Multibase base, Bytes rest) {
        return base.decodeBare(line(rest, 0, rest.size()))
                .flatMap(PreSharedKey::of);
    }

    private static Decoded<PreSharedKey> of(Bytes key) {
        return key.size() == SIZE
                ? Decoded.ok(new PreSharedKey(key))
                : new Decoded.Refused<>(
                        new Refusal(Kind.MALFORMED, "a pre-shared key has 32 bytes, not " + key.size()));
    }

    /** The {@code swarm.key} file with this key, in base16. To be kept secret. */
    public String toFile() {
        return HEADER + "\n" + BASE16 + "\n" + key.toHex() + "\n";
    }

    /** The key itself. */
    Bytes bytes() {
        return key;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PreSharedKey that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return "PreSharedKey";
    }
}
