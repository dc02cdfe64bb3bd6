package io.pinfold.chain.core.codec;

import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.Pin;
import io.pinfold.chain.core.PinType;
import io.pinfold.chain.core.Replication;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.cbor.CborFields;
import io.pinfold.multiformats.cbor.CborMapBuilder;
import io.pinfold.multiformats.cbor.CborValue;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.CborValue.CborText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

import static io.pinfold.chain.core.codec.Canonical.list;

/**
 * A pin as a map. Every key but {@code cid} is absent where the field has its default.
 *
 * <p>CIDs are byte strings, not links: links of the chain lead along the chain only, so that whatever walks them in an
 * IPFS node does not fetch the content.
 */
final class PinCodec {

    private PinCodec() {}

    static CborMap encode(Pin pin) {
        CborMapBuilder map = CborMap.builder().put("cid", pin.cid().toBytes());
        if (pin.type() != PinType.DATA) {
            map.put("type", pin.type().text());
        }
        if (!pin.name().isEmpty()) {
            map.put("name", pin.name());
        }
        if (pin.maxDepth() != -1) {
            map.put("depth", pin.maxDepth());
        }
        putReplication(map, pin.replication());
        putList(map, "users", list(pin.userAllocations(), PeerId::toBytes));
        putList(map, "peers", list(pin.allocations(), PeerId::toBytes));
        pin.reference().ifPresent(cid -> map.put("ref", cid.toBytes()));
        pin.expireAt().ifPresent(time -> map.put("expires", time.toEpochMilli()));
        if (!pin.metadata().isEmpty()) {
            map.put("meta", textMap(pin.metadata()));
        }
        putList(map, "origins", list(pin.origins(), Multiaddr::toBytes));
        pin.pinUpdate().ifPresent(cid -> map.put("from", cid.toBytes()));
        pin.size().ifPresent(size -> map.put("size", size));
        return map.build();
    }

    static Pin read(CborFields in) throws RefusalException {
        Cid cid = Canonical.cid(in.value("cid"));
        PinType type = readType(in);
        String name = in.optionalText("name", Limits.NAME_BYTES).orElse("");
        int depth = (int) in.optionalNumber("depth", 0, Integer.MAX_VALUE).orElse(-1);
        Replication replication = readReplication(in);
        List<PeerId> users = peers(in, "users");
        List<PeerId> peers = peers(in, "peers");
        Optional<Cid> reference = optionalCid(in, "ref");
        OptionalLong expires = in.optionalNumber("expires", 0, Limits.MAX_TIME);
        Optional<Instant> expireAt = expires.isPresent()
                ? Optional.of(Instant.ofEpochMilli(expires.getAsLong()))
                : Optional.empty();
        SortedMap<String, String> metadata = in
                .optionalMap("meta", fields -> readTextMap(fields, Limits.METADATA_ENTRIES, Limits.METADATA_BYTES))
                .orElseGet(TreeMap::new);
        List<Multiaddr> origins = in.optionalList("origins", Limits.ORIGINS, Canonical::address).orElse(List.of());
        Optional<Cid> from = optionalCid(in, "from");
        OptionalLong size = in.optionalNumber("size", 0, Limits.MAX_NUMBER);
        return Canonical.checked("pin", () -> new Pin(cid, type, name, depth, replication, users, peers, reference,
                expireAt, metadata, origins, from, size));
    }

    /** Adds {@code min} and {@code max}, or {@code percent}, or nothing for everywhere. */
    static void putReplication(CborMapBuilder map, Replication replication) {
        if (replication.percent().isPresent()) {
            map.put("percent", replication.percent().getAsInt());
        } else if (!replication.isEverywhere()) {
            map.put("min", replication.min()).put("max", replication.max());
        }
    }

    static Replication readReplication(CborFields in) throws RefusalException {
        OptionalLong percent = in.optionalNumber("percent", 1, 100);
        OptionalLong min = in.optionalNumber("min", 1, Limits.REPLICATION);
        OptionalLong max = in.optionalNumber("max", 1, Limits.REPLICATION);
        if (min.isPresent() != max.isPresent() || (percent.isPresent() && min.isPresent())) {
            throw in.refuse(Kind.MALFORMED, "has neither min and max, nor percent, nor none of them");
        }
        return Canonical.checked("replication", () -> percent.isPresent()
                ? Replication.percent((int) percent.getAsLong())
                : Replication.of((int) min.orElse(-1), (int) max.orElse(-1)));
    }

    static CborMap textMap(SortedMap<String, String> texts) {
        CborMapBuilder map = CborMap.builder();
        texts.forEach(map::put);
        return map.build();
    }

    static SortedMap<String, String> readTextMap(CborFields in, int maxEntries, int maxBytes)
            throws RefusalException {
        List<String> keys = in.keys();
        if (keys.size() > maxEntries) {
            throw in.refuse(Kind.TOO_MANY, "has " + keys.size() + " entries, at most " + maxEntries + " allowed");
        }
        SortedMap<String, String> texts = new TreeMap<>();
        int left = maxBytes;
        for (String key : keys) {
            String text = in.text(key, maxBytes);
            left -= new CborText(key).sizeInUtf8() + new CborText(text).sizeInUtf8();
            texts.put(key, text);
        }
        if (left < 0) {
            throw in.refuse(Kind.TOO_LONG, "has more than " + maxBytes + " bytes");
        }
        return texts;
    }

    private static PinType readType(CborFields in) throws RefusalException {
        Optional<String> text = in.optionalText("type", Limits.NAME_BYTES);
        if (text.isEmpty()) {
            return PinType.DATA;
        }
        return PinType.of(text.get()).orElseThrow(() -> in.refuse(Kind.UNSUPPORTED, "has an unknown type"));
    }

    private static List<PeerId> peers(CborFields in, String key) throws RefusalException {
        return in.optionalList(key, Limits.ALLOCATIONS, Canonical::peer).orElse(List.of());
    }

    private static Optional<Cid> optionalCid(CborFields in, String key) throws RefusalException {
        Optional<CborValue> value = in.optionalValue(key);
        return value.isEmpty() ? Optional.empty() : Optional.of(Canonical.cid(value.get()));
    }

    private static void putList(CborMapBuilder map, String key, List<? extends CborValue> items) {
        if (!items.isEmpty()) {
            map.put(key, items);
        }
    }
}
