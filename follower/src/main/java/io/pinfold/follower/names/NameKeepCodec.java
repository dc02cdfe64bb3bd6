package io.pinfold.follower.names;

import io.pinfold.ipfsnode.ipns.IpnsName;
import io.pinfold.ipfsnode.ipns.IpnsRecord;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.cbor.CborFields;
import io.pinfold.multiformats.cbor.CborLimits;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;

/** Writes and reads the request of RPC {@code name.keep}; docs/protocol/methods.md. What it carries is not verified yet. */
final class NameKeepCodec {

    private static final int MAX_NAME = 64;
    private static final CborLimits LIMITS = new CborLimits(IpnsRecord.MAX_BYTES + 256, 1, 8);

    private NameKeepCodec() {}

    /** A record as it travels, and the name that it claims to be of. */
    record Request(IpnsName name, Bytes record) {}

    static Bytes encode(IpnsName name, Bytes record) {
        return DagCbor.encode(CborMap.builder().put("name", name.id().toBytes()).put("record", record).build());
    }

    static Decoded<Request> decode(Bytes bytes) {
        return DagCbor.decode(bytes, LIMITS)
                .flatMap(value -> CborFields.read("name.keep request", value,
                        in -> new Request(new IpnsName(PeerId.decode(in.bytes("name", MAX_NAME)).orRefuse()),
                                in.bytes("record", IpnsRecord.MAX_BYTES))));
    }
}
