package io.pinfold.chain.core.codec;

import io.pinfold.chain.core.SignedBlock;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.cbor.CborValue;
import io.pinfold.multiformats.cbor.CborValue.CborBytes;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.trust.SignatureDomain;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A DAG-CBOR map whose entry {@value #KEY} signs all others.
 *
 * <p>No other key is as long, so the entry is the last one: the encoding without it is the same bytes, cut off before it
 * and with one entry less in the first byte.
 */
final class SignedMap {

    /** The key of the signature. */
    static final String KEY = "signature";

    /** A map of up to 23 entries begins with this byte plus their number. */
    private static final int MAP = 0xa0;
    private static final int MAX_ENTRIES = 23;
    /** Key, with its one byte of length, and value, with its two. */
    private static final int ENTRY_BYTES = 1 + KEY.length() + 2 + SignedBlock.SIGNATURE_BYTES;

    private SignedMap() {}

    /** The signature of {@code unsigned} by {@code key}. */
    static Bytes sign(SignatureDomain domain, Cid chainId, CborMap unsigned, PrivateKey key) {
        return key.sign(domain.message(chainId, DagCbor.encode(unsigned)));
    }

    /** The encoding of {@code unsigned} with {@code signature} as its last entry. */
    static Bytes encode(CborMap unsigned, Bytes signature) {
        int entries = unsigned.entries().size();
        CborMap whole = new CborMap(withSignature(unsigned, signature));
        if (entries >= MAX_ENTRIES || !whole.entries().lastEntry().getKey().equals(KEY)) {
            throw new IllegalArgumentException("the signature is not the last of at most " + MAX_ENTRIES + " entries");
        }
        return DagCbor.encode(whole);
    }

    /** The message that the signature in {@code encoded}, which {@link #encode} made, is of. */
    static Bytes message(SignatureDomain domain, Cid chainId, Bytes encoded) {
        Bytes head = Bytes.copyOf(new byte[]{(byte) (MAP + (encoded.get(0) & 0x1f) - 1)});
        return domain.message(chainId, head.concat(encoded.slice(1, encoded.size() - ENTRY_BYTES)));
    }

    private static SequencedMap<String, CborValue> withSignature(
            CborMap unsigned, Bytes signature) {
        SequencedMap<String, CborValue> entries = new LinkedHashMap<>(unsigned.entries());
        entries.put(KEY, new CborBytes(signature));
        return entries;
    }
}
