package io.pinfold.cli.e2e;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import java.nio.charset.StandardCharsets;

/** CIDs that hold their content themselves, so that no IPFS node need have it. */
final class Cids {

    private Cids() {}

    /** The one of {@code text}. */
    static String identity(String text) {
        Bytes content = Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
        return Cid.v1(Multicodec.RAW, Multihash.identity(content)).toString();
    }
}
