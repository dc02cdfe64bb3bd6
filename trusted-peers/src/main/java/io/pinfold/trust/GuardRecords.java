package io.pinfold.trust;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.cbor.CborFields;
import io.pinfold.multiformats.cbor.CborLimits;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of a guard log, encoded, and what they say one after the other. */
final class GuardRecords {

    private static final int VERSION = 1;
    private static final CborLimits LIMITS = new CborLimits(RecordFile.MAX_RECORD, 1, 32);

    private final Map<PeerId, HeadMark> heads = new HashMap<>();
    private @Nullable Owner owner;
    private long reserved;
    private boolean sound = true;

    /** Whose log it is: the first record. */
    record Owner(Cid cluster, PeerId key) {}

    static Bytes encode(Owner owner) {
        return DagCbor.encode(CborMap.builder()
                .put("v", VERSION)
                .put("cluster", owner.cluster())
                .put("key", owner.key().toBytes())
                .build());
    }

    static Bytes encode(long reserved) {
        return DagCbor.encode(CborMap.builder().put("seq", reserved).build());
    }

    static Bytes encode(HeadMark head) {
        return DagCbor.encode(CborMap.builder()
                .put("voter", head.voter().toBytes())
                .put("trust", head.trustVersion())
                .put("height", head.height())
                .put("head", head.cid())
                .put("time", head.timeMillis())
                .build());
    }

    /** Takes the next record; one that says nothing known makes the whole unsound. */
    void add(Bytes record) {
        Decoded<Boolean> taken = DagCbor.decode(record, LIMITS)
                .flatMap(value -> CborFields.read("guard record", value, this::take));
        sound &= taken.toOptional().orElse(false);
    }

    /** Whether the first record named an owner and every record was known. */
    boolean isSound() {
        return sound && owner != null;
    }

    boolean isOf(Owner expected) {
        return expected.equals(owner);
    }

    long reserved() {
        return reserved;
    }

    Map<PeerId, HeadMark> heads() {
        return heads;
    }

    private boolean take(CborFields in) throws RefusalException {
        if (owner == null) {
            in.number("v", VERSION, VERSION);
            owner = new Owner(in.link("cluster"), PeerId.decode(in.bytes("key", 64)).orRefuse());
        } else if (in.has("seq")) {
            reserved = Math.max(reserved, in.number("seq", 1, Long.MAX_VALUE));
        } else {
            HeadMark head = new HeadMark(PeerId.decode(in.bytes("voter", 64)).orRefuse(),
                    in.number("trust", 0, Long.MAX_VALUE), in.number("height", 0, Long.MAX_VALUE), in.link("head"),
                    in.number("time", 0, Long.MAX_VALUE));
            heads.merge(head.voter(), head, (known, next) -> next.isNewerThan(known) ? next : known);
        }
        return true;
    }
}
