package io.pinfold.libp2p.multistream;

/** Messages of multistream-select, for tests that speak it by hand. */
public final class RawLines {

    private RawLines() {}

    /** The bytes of {@code lines}, one behind the other. */
    public static byte[] encode(String... lines) {
        return Line.encode(lines);
    }

    /** The header and a proposal. */
    public static byte[] propose(String protocol) {
        return Line.encode(Multistream.PROTOCOL, protocol);
    }
}
