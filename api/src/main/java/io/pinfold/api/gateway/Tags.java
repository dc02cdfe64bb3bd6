package io.pinfold.api.gateway;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multihash;

/** Short names of contents. */
final class Tags {

    private static final int LENGTH = 12;

    private Tags() {}

    /** A name of {@code content}. */
    static String of(byte[] content) {
        return Multihash.sha256(Bytes.copyOf(content)).digest().slice(0, LENGTH).toHex();
    }
}
