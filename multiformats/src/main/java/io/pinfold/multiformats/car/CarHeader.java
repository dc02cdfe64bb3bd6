package io.pinfold.multiformats.car;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.cbor.CborLimits;
import io.pinfold.multiformats.cbor.CborValue;
import io.pinfold.multiformats.cbor.CborValue.CborInt;
import io.pinfold.multiformats.cbor.CborValue.CborLink;
import io.pinfold.multiformats.cbor.CborValue.CborList;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The header of a CAR of version 1: the map {@code {"roots": [CID…], "version": 1}}.
 *
 * @param roots may be empty; a root need not be among the blocks
 */
record CarHeader(List<Cid> roots) {

    /** The greatest size of a header, in bytes. */
    static final int MAX_BYTES = 1 << 20;
    /** The greatest number of roots. */
    static final int MAX_ROOTS = 1 << 14;

    private static final CborLimits LIMITS = new CborLimits(MAX_BYTES, 2, MAX_ROOTS + 8);
    private static final Set<String> KEYS = Set.of("roots", "version");

    CarHeader {
        roots = List.copyOf(roots);
        if (roots.size() > MAX_ROOTS) {
            throw new IllegalArgumentException(roots.size() + " roots, at most " + MAX_ROOTS + " allowed");
        }
    }

    Bytes encode() {
        return DagCbor.encode(CborMap.builder()
                .put("roots", roots.stream().map(CborLink::new).toList())
                .put("version", 1)
                .build());
    }

    static Decoded<CarHeader> decode(Bytes encoded) {
        return Decoded.attempt(() -> read(DagCbor.decode(encoded, LIMITS).orRefuse()));
    }

    private static CarHeader read(CborValue value) throws RefusalException {
        if (!(value instanceof CborMap map)) {
            throw new RefusalException(Kind.WRONG_TYPE, "header is no map");
        }
        if (!(map.entries().get("version") instanceof CborInt(long version))) {
            throw new RefusalException(Kind.MALFORMED, "header has no version");
        }
        if (version != 1) {
            throw new RefusalException(Kind.UNSUPPORTED, "CAR version " + version);
        }
        if (!map.entries().keySet().equals(KEYS) || !(map.entries().get("roots") instanceof CborList list)) {
            throw new RefusalException(Kind.MALFORMED, "header is not made of roots and version");
        }
        List<Cid> roots = new ArrayList<>();
        for (CborValue root : list.items()) {
            if (!(root instanceof CborLink(Cid cid))) {
                throw new RefusalException(Kind.WRONG_TYPE, "root is no CID");
            }
            roots.add(cid);
        }
        if (roots.size() > MAX_ROOTS) {
            throw new RefusalException(Kind.TOO_MANY, "more than " + MAX_ROOTS + " roots");
        }
        return new CarHeader(roots);
    }
}
