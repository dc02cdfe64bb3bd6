package io.pinfold.chain.core.codec;

import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.cbor.CborFields;
import io.pinfold.multiformats.cbor.CborMapBuilder;
import io.pinfold.trust.KeySet;
import java.util.List;
import java.util.TreeSet;

/** The keys of a cluster as three fields of a map: {@code publishers}, {@code admins}, {@code threshold}. */
final class KeySetCodec {

    private KeySetCodec() {}

    static void put(CborMapBuilder map, KeySet keys) {
        map.put("publishers", Canonical.list(keys.publishers(), PeerId::toBytes))
                .put("admins", Canonical.list(keys.admins(), PeerId::toBytes))
                .put("threshold", keys.threshold());
    }

    static KeySet read(CborFields in) throws RefusalException {
        List<PeerId> publishers = in.list("publishers", KeySet.MAX_KEYS, Canonical::key);
        List<PeerId> admins = in.list("admins", KeySet.MAX_KEYS, Canonical::key);
        long threshold = in.number("threshold", 1, KeySet.MAX_KEYS);
        return Canonical.checked("keys",
                () -> new KeySet(new TreeSet<>(publishers), new TreeSet<>(admins), (int) threshold));
    }
}
