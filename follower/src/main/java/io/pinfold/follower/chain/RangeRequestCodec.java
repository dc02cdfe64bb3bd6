package io.pinfold.follower.chain;

import io.pinfold.chain.BlocksRequest;
import io.pinfold.chain.core.Limits;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.cbor.CborFields;
import io.pinfold.multiformats.cbor.CborLimits;
import io.pinfold.multiformats.cbor.CborValue;
import io.pinfold.multiformats.cbor.CborValue.CborLink;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import java.util.List;

/** Writes and reads the request of RPC {@code chain.range} as strict DAG-CBOR; docs/protocol/methods.md. */
public final class RangeRequestCodec {

    private static final CborLimits LIMITS = new CborLimits(1 << 10, 2, 32);

    private RangeRequestCodec() {}

    /** The canonical bytes of {@code request}. */
    public static Bytes encode(BlocksRequest request) {
        return DagCbor.encode(switch (request) {
            case BlocksRequest.Range(Cid tip, long from, int count) ->
                CborMap.builder().put("tip", tip).put("from", from).put("count", count).build();
            case BlocksRequest.ByCid(List<Cid> cids) ->
                CborMap.builder().put("cids", cids.stream().map(CborLink::new).toList()).build();
        });
    }

    /** The request that {@code bytes} encode. */
    public static Decoded<BlocksRequest> decode(Bytes bytes) {
        return DagCbor.decode(bytes, LIMITS)
                .flatMap(value -> CborFields.read("chain.range request", value, RangeRequestCodec::request));
    }

    private static BlocksRequest request(CborFields in) throws RefusalException {
        if (!in.has("cids")) {
            return new BlocksRequest.Range(in.link("tip"), in.number("from", 1, Limits.MAX_NUMBER),
                    (int) in.number("count", 1, BlocksRequest.MAX_COUNT));
        }
        List<Cid> cids = in.list("cids", BlocksRequest.MAX_CIDS, RangeRequestCodec::cid);
        if (cids.isEmpty()) {
            throw in.refuse(Refusal.Kind.MALFORMED, "asks for nothing");
        }
        return new BlocksRequest.ByCid(cids);
    }

    private static Cid cid(CborValue value) throws RefusalException {
        return CborFields.as(CborLink.class, "CID", value).cid();
    }
}
