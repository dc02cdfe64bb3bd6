package io.pinfold.chain.core.codec;

import io.pinfold.chain.core.Genesis;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.Replication;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.cbor.CborFields;
import io.pinfold.multiformats.cbor.CborLimits;
import io.pinfold.multiformats.cbor.CborMapBuilder;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import io.pinfold.trust.KeySet;
import java.time.Duration;

/** The genesis manifest as a map. */
public final class GenesisCodec {

    private static final int VERSION = 1;
    private static final CborLimits LIMITS = new CborLimits(Limits.GENESIS_BYTES, 4, 512);

    private GenesisCodec() {}

    /** The encoding. */
    public static Bytes encode(Genesis genesis) {
        CborMapBuilder map = CborMap.builder()
                .put("v", VERSION)
                .put("name", genesis.name())
                .put("nonce", genesis.nonce())
                .put("limits", CborMap.builder()
                        .put("bytes", genesis.maxBlockBytes())
                        .put("ops", genesis.maxBlockOps())
                        .build())
                .put("period", genesis.snapshotPeriod().toMillis());
        KeySetCodec.put(map, genesis.keys());
        if (!genesis.defaultReplication().equals(Replication.EVERYWHERE)) {
            CborMapBuilder defaults = CborMap.builder();
            PinCodec.putReplication(defaults, genesis.defaultReplication());
            map.put("defaults", defaults.build());
        }
        return DagCbor.encode(map.build());
    }

    /** The cluster's id: the CID of the encoding. */
    public static Cid chainId(Genesis genesis) {
        return Cid.dagCbor(encode(genesis));
    }

    /** The genesis that {@code bytes} are, wholly and canonically. UNSUPPORTED for a version or a field not known. */
    public static Decoded<Genesis> decode(Bytes bytes) {
        return Decoded.attempt(() -> {
            Genesis genesis = CborFields
                    .read("genesis", DagCbor.decode(bytes, LIMITS).orRefuse(), GenesisCodec::read)
                    .orRefuse();
            Canonical.require("genesis", bytes, encode(genesis));
            return genesis;
        });
    }

    private static Genesis read(CborFields in) throws RefusalException {
        if (in.number("v", 0, Long.MAX_VALUE) != VERSION) {
            throw in.refuse(Kind.UNSUPPORTED, "is of a version that this program does not know");
        }
        String name = in.text("name", Limits.NAME_BYTES);
        Bytes nonce = in.bytes("nonce", Genesis.NONCE_BYTES);
        KeySet keys = KeySetCodec.read(in);
        int[] limits = in.map("limits", map -> new int[]{(int) map.number("bytes", 1, Limits.BLOCK_BYTES),
            (int) map.number("ops", 1, Limits.BLOCK_OPS)});
        Replication replication = in.optionalMap("defaults", PinCodec::readReplication)
                .orElse(Replication.EVERYWHERE);
        Duration period = Duration.ofMillis(in.number("period", 1, Limits.MAX_TIME));
        return Canonical.checked("genesis",
                () -> new Genesis(name, nonce, keys, limits[0], limits[1], replication, period));
    }
}
