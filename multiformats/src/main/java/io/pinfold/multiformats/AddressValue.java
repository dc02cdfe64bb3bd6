package io.pinfold.multiformats;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The forms that the value of an address component takes, in bytes and in text. */
enum AddressValue {
    /** No value. */
    NONE(0) {
        @Override
        Bytes parse(String text) {
            throw new IllegalStateException("has no value");
        }

        @Override
        String format(Bytes value) {
            return "";
        }
    },
    /** Four bytes, printed as a dotted quad. */
    IP4(4) {
        @Override
        Bytes parse(String text) throws RefusalException {
            return IpText.parse4(text);
        }

        @Override
        String format(Bytes value) {
            return IpText.format4(value);
        }
    },
    /** Sixteen bytes, printed as RFC 5952 asks. */
    IP6(16) {
        @Override
        Bytes parse(String text) throws RefusalException {
            return IpText.parse6(text);
        }

        @Override
        String format(Bytes value) {
            return IpText.format6(value);
        }
    },
    /** Two bytes, printed in decimal. */
    PORT(2) {
        @Override
        Bytes parse(String text) throws RefusalException {
            if (!DECIMAL.matcher(text).matches()) {
                throw new RefusalException(Refusal.Kind.MALFORMED, "no port: " + excerpt(text));
            }
            int port = Integer.parseInt(text);
            if (port > 0xffff) {
                throw new RefusalException(Refusal.Kind.OVERFLOW, "port is above 65535: " + text);
            }
            return Bytes.copyOf(new byte[]{(byte) (port >>> 8), (byte) port});
        }

        @Override
        String format(Bytes value) {
            return Integer.toString(Short.toUnsignedInt(value.toBuffer().getShort()));
        }
    },
    /** A host name: at most 253 characters of ASCII letters, digits, {@code - _ .}. */
    HOST(-1) {
        @Override
        Bytes parse(String text) throws RefusalException {
            if (text.length() > MAX_HOST) {
                throw new RefusalException(Refusal.Kind.TOO_LONG, "host name of " + text.length() + " characters");
            }
            if (!HOST_NAME.matcher(text).matches()) {
                throw new RefusalException(Refusal.Kind.MALFORMED, "no host name: " + excerpt(text));
            }
            return Bytes.copyOf(text.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        String format(Bytes value) {
            return new String(value.toArray(), StandardCharsets.US_ASCII);
        }

        @Override
        void check(Bytes value) throws RefusalException {
            parse(new String(value.toArray(), StandardCharsets.ISO_8859_1));
        }
    },
    /** A peer id: its multihash, printed in base58btc. */
    PEER(-1) {
        @Override
        Bytes parse(String text) throws RefusalException {
            return PeerId.parse(text).orRefuse().toBytes();
        }

        @Override
        String format(Bytes value) {
            return PeerId.decode(value).orElseThrow().toString();
        }

        @Override
        void check(Bytes value) throws RefusalException {
            PeerId.decode(value).orRefuse();
        }
    };

    /** The greatest size of a value whose length is given, in bytes: that of a host name. */
    static final int MAX_SIZE = 253;

    private static final int MAX_HOST = 253;
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,5}");
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9_-]([A-Za-z0-9._-]*[A-Za-z0-9_.-])?");

    private final int size;

    AddressValue(int size) {
        this.size = size;
    }

    /** The bytes that {@code text} spells. */
    abstract Bytes parse(String text) throws RefusalException;

    /** The text of {@code value}, which is valid. */
    abstract String format(Bytes value);

    /** Refuses a value, of the right size, that no text spells. */
    void check(Bytes value) throws RefusalException {}

    /** Whether there is a value at all. */
    boolean isPresent() {
        return this != NONE;
    }

    /** Takes a value from {@code in}. */
    Bytes read(ByteReader in) throws RefusalException {
        Bytes value = isFixed() ? in.readBytes(size) : in.readPrefixed(MAX_SIZE);
        check(value);
        return value;
    }

    /** Whether all values have one size, so that none is written. */
    boolean isFixed() {
        return size >= 0;
    }

    /** Checks a value that the program made. */
    void require(Bytes value) throws RefusalException {
        if (isFixed() && value.size() != size) {
            throw new RefusalException(Refusal.Kind.MALFORMED, "value has " + value.size() + " bytes, not " + size);
        }
        check(value);
    }

    static String excerpt(String text) {
        return '"' + (text.length() <= 64 ? text : text.substring(0, 64) + "…") + '"';
    }
}
