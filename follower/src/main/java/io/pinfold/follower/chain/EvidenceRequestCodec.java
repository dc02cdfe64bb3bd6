package io.pinfold.follower.chain;

import io.pinfold.chain.core.Limits;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.cbor.CborFields;
import io.pinfold.multiformats.cbor.CborLimits;
import io.pinfold.multiformats.cbor.CborValue;
import io.pinfold.multiformats.cbor.CborValue.CborBytes;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import java.util.Collection;
import java.util.List;

/** Writes and reads the request of RPC {@code evidence}, the keys of which the caller has evidence already; docs/protocol/methods.md. */
public final class EvidenceRequestCodec {

    /** Most keys in a request. */
    public static final int MAX_KEYS = Limits.KEYS;

    private static final int MAX_PEER_ID = 64;
    private static final CborLimits LIMITS = new CborLimits(1 << 13, 2, 2 * MAX_KEYS);

    private EvidenceRequestCodec() {}

    /** The canonical bytes of a request of someone who has evidence of {@code keys}, of which the first {@link #MAX_KEYS} count. */
    public static Bytes encode(Collection<PeerId> keys) {
        List<CborBytes> have = keys.stream().sorted().limit(MAX_KEYS).map(key -> new CborBytes(key.toBytes())).toList();
        return DagCbor.encode(CborMap.builder().put("have", have).build());
    }

    /** The keys that {@code bytes} name. */
    public static Decoded<List<PeerId>> decode(Bytes bytes) {
        return DagCbor.decode(bytes, LIMITS)
                .flatMap(value -> CborFields.read("evidence request", value,
                        in -> in.list("have", MAX_KEYS, EvidenceRequestCodec::key)));
    }

    private static PeerId key(CborValue value) throws RefusalException {
        Bytes bytes = CborFields.as(CborBytes.class, "key", value).value();
        return PeerId.decode(bytes.size() > MAX_PEER_ID ? bytes.slice(0, MAX_PEER_ID) : bytes).orRefuse();
    }
}
