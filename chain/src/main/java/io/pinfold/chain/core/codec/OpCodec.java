package io.pinfold.chain.core.codec;

import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.LogOp.Anchor;
import io.pinfold.chain.core.LogOp.ConfigOp;
import io.pinfold.chain.core.LogOp.PinOp;
import io.pinfold.chain.core.LogOp.TrustOp;
import io.pinfold.chain.core.LogOp.UnpinOp;
import io.pinfold.chain.core.Pin;
import io.pinfold.chain.core.SignedBlock;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.cbor.CborFields;
import io.pinfold.multiformats.cbor.CborLimits;
import io.pinfold.multiformats.cbor.CborMapBuilder;
import io.pinfold.multiformats.cbor.CborValue;
import io.pinfold.multiformats.cbor.CborValue.CborBytes;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import io.pinfold.trust.KeySet;
import io.pinfold.trust.SignatureDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An operation as a map of one entry, whose key says which it is: {@code pin}, {@code unpin}, {@code trust},
 * {@code config}.
 */
public final class OpCodec {

    /** Bounds of one operation; a pin with all it may carry has fewer items. */
    static final CborLimits LIMITS = new CborLimits(Limits.BLOCK_BYTES, 6, 4096);

    private OpCodec() {}

    /** The encoding of {@code op} alone, as it is also within a block. */
    public static Bytes encode(LogOp op) {
        return DagCbor.encode(toCbor(op));
    }

    /** The operation that {@code bytes} are, wholly. */
    public static Decoded<LogOp> decode(Bytes bytes) {
        return Decoded.attempt(() -> {
            LogOp op = fromCbor(DagCbor.decode(bytes, LIMITS).orRefuse());
            Canonical.require("operation", bytes, encode(op));
            return op;
        });
    }

    /** The message that admins of the cluster {@code chainId} sign to make {@code op}. */
    public static Bytes message(Cid chainId, TrustOp op) {
        return SignatureDomain.TRUST.message(chainId, DagCbor.encode(wrap("trust", trustMap(op).build())));
    }

    /** The message that admins of the cluster {@code chainId} sign to make {@code op}. */
    public static Bytes message(Cid chainId, ConfigOp op) {
        return SignatureDomain.TRUST.message(chainId, DagCbor.encode(wrap("config", configMap(op).build())));
    }

    static CborMap toCbor(LogOp op) {
        return switch (op) {
            case PinOp(Pin pin) -> wrap("pin", PinCodec.encode(pin));
            case UnpinOp(Cid cid) -> wrap("unpin", new CborBytes(cid.toBytes()));
            case TrustOp trust -> wrap("trust", withSignatures(trustMap(trust), trust.signatures()));
            case ConfigOp config -> wrap("config", withSignatures(configMap(config), config.signatures()));
        };
    }

    static LogOp fromCbor(CborValue value) throws RefusalException {
        return CborFields.read("operation", value, OpCodec::read).orRefuse();
    }

    private static LogOp read(CborFields in) throws RefusalException {
        if (in.has("pin")) {
            return new PinOp(in.map("pin", PinCodec::read));
        }
        if (in.has("unpin")) {
            return new UnpinOp(Canonical.cid(in.value("unpin")));
        }
        if (in.has("trust")) {
            return in.map("trust", OpCodec::readTrust);
        }
        if (in.has("config")) {
            return in.map("config", OpCodec::readConfig);
        }
        throw in.refuse(Kind.UNSUPPORTED, "is of a kind that this program does not know");
    }

    private static TrustOp readTrust(CborFields in) throws RefusalException {
        long version = in.number("version", 1, Limits.MAX_NUMBER);
        Anchor anchor = readAnchor(in);
        KeySet keys = KeySetCodec.read(in);
        SortedMap<PeerId, Bytes> signatures = readSignatures(in);
        return Canonical.checked("trust", () -> new TrustOp(version, anchor, keys, signatures));
    }

    private static ConfigOp readConfig(CborFields in) throws RefusalException {
        long version = in.number("version", 1, Limits.MAX_NUMBER);
        Anchor anchor = readAnchor(in);
        SortedMap<String, Long> activations = in.optionalMap("activations", OpCodec::readActivations)
                .orElseGet(TreeMap::new);
        SortedMap<String, String> settings = in
                .optionalMap("settings",
                        map -> PinCodec.readTextMap(map, Limits.METADATA_ENTRIES, Limits.METADATA_BYTES))
                .orElseGet(TreeMap::new);
        SortedMap<PeerId, Bytes> signatures = readSignatures(in);
        return Canonical.checked("config", () -> new ConfigOp(version, anchor, activations, settings, signatures));
    }

    private static SortedMap<String, Long> readActivations(CborFields in) throws RefusalException {
        SortedMap<String, Long> activations = new TreeMap<>();
        for (String key : in.keys()) {
            activations.put(key, in.number(key, 1, Limits.MAX_NUMBER));
        }
        return activations;
    }

    private static Anchor readAnchor(CborFields in) throws RefusalException {
        return new Anchor(in.link("anchor"), in.number("height", 0, Limits.MAX_NUMBER));
    }

    private static SortedMap<PeerId, Bytes> readSignatures(CborFields in) throws RefusalException {
        List<Map.Entry<PeerId, Bytes>> list = in.list("signatures", Limits.KEYS,
                item -> CborFields.read("signature", item, fields -> Map.entry(Canonical.key(fields.value("key")),
                        fields.bytes("signature", SignedBlock.SIGNATURE_BYTES))).orRefuse());
        SortedMap<PeerId, Bytes> signatures = new TreeMap<>();
        list.forEach(entry -> signatures.put(entry.getKey(), entry.getValue()));
        return signatures;
    }

    private static CborMapBuilder trustMap(TrustOp op) {
        CborMapBuilder map = anchored(op.version(), op.anchor());
        KeySetCodec.put(map, op.keys());
        return map;
    }

    private static CborMapBuilder configMap(ConfigOp op) {
        CborMapBuilder map = anchored(op.version(), op.anchor());
        if (!op.activations().isEmpty()) {
            CborMapBuilder activations = CborMap.builder();
            op.activations().forEach((feature, height) -> activations.put(feature, height.longValue()));
            map.put("activations", activations.build());
        }
        if (!op.settings().isEmpty()) {
            map.put("settings", PinCodec.textMap(op.settings()));
        }
        return map;
    }

    private static CborMapBuilder anchored(long version, Anchor anchor) {
        return CborMap.builder().put("version", version).put("anchor", anchor.block()).put("height", anchor.height());
    }

    private static CborMap withSignatures(CborMapBuilder map, SortedMap<PeerId, Bytes> signatures) {
        List<CborValue> list = new ArrayList<>();
        signatures.forEach((key, signature) -> list
                .add(CborMap.builder().put("key", key.toBytes()).put("signature", signature).build()));
        return map.put("signatures", list).build();
    }

    private static CborMap wrap(String key, CborValue value) {
        return CborMap.builder().put(key, value).build();
    }
}
