package io.pinfold.multiformats.testing;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.nio.charset.StandardCharsets;

/** CIDs made of a number. */
public final class TestCids {

    private TestCids() {}

    /** The version 1 CID of {@link #block}. */
    public static Cid cid(int number) {
        return Cid.raw(block(number));
    }

    /** The raw block with number {@code number}: the text {@code "pinfold test block <number>"}. */
    public static Bytes block(int number) {
        return Bytes.copyOf(("pinfold test block " + number).getBytes(StandardCharsets.UTF_8));
    }
}
