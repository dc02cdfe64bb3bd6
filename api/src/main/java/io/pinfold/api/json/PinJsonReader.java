package io.pinfold.api.json;

import io.pinfold.follower.view.PinInfo;
import io.pinfold.follower.view.PinMode;
import io.pinfold.follower.view.PinOptions;
import io.pinfold.follower.view.PinStatus;
import io.pinfold.follower.view.PinType;
import io.pinfold.follower.view.Replication;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Reads the shape {@code Pin}, as {@link PinJson} and ipfs-cluster write it.
 *
 * <p>Members that are missing or {@code null} have their defaults, all but {@code cid}; unknown ones are passed over, since
 * newer programs may write more. Times are cut to milliseconds.
 */
public final class PinJsonReader {

    /** The greatest size of one pin, in bytes: every field at its bound, with every character escaped, fits. */
    public static final int MAX_BYTES = 256 << 10;

    private static final int MAX_REPLICATION = 1_000_000;

    private PinJsonReader() {}

    /** The pin that {@code json}, one object with nothing around it, says. */
    public static Decoded<PinInfo> read(Bytes json) {
        return Decoded.attempt(() -> {
            PinFields fields = PinFields.parse(json, MAX_BYTES);
            Optional<Cid> cid = fields.parsed("cid", Cid::parse);
            if (cid.isEmpty()) {
                throw new RefusalException(Kind.MALFORMED, "no member \"cid\"");
            }
            int depth = fields.number("max_depth", -1, Integer.MAX_VALUE)
                    .orElse(mode(fields) == PinMode.DIRECT ? 0 : -1);
            try {
                return new PinInfo(cid.get(), type(fields), options(fields, depth),
                        fields.list("allocations", PinOptions.MAX_ALLOCATIONS, PeerId::parse), depth,
                        fields.parsed("reference", Cid::parse), time(fields, "timestamp").orElse(Instant.EPOCH));
            } catch (IllegalArgumentException e) {
                throw new RefusalException(Kind.MALFORMED, String.valueOf(e.getMessage()));
            }
        });
    }

    private static PinOptions options(PinFields fields, int depth) throws RefusalException {
        Replication replication = new Replication(
                fields.number("replication_factor_min", -1, MAX_REPLICATION).orElse(0),
                fields.number("replication_factor_max", -1, MAX_REPLICATION).orElse(0),
                percent(fields));
        Map<String, String> metadata = fields.texts("metadata", PinOptions.MAX_METADATA);
        return new PinOptions(fields.text("name").orElse(""), depth == 0 ? PinMode.DIRECT : PinMode.RECURSIVE,
                replication, fields.size("shard_size"),
                fields.list("user_allocations", PinOptions.MAX_ALLOCATIONS, PeerId::parse),
                time(fields, "expire_at").filter(time -> !time.equals(PinStatus.NEVER)), new TreeMap<>(metadata),
                fields.parsed("pin_update", Cid::parse),
                fields.list("origins", PinOptions.MAX_ORIGINS, Multiaddr::parse));
    }

    private static OptionalInt percent(PinFields fields) throws RefusalException {
        Optional<Integer> percent = fields.number("replication_percent", 1, 100);
        return percent.isPresent() ? OptionalInt.of(percent.get()) : OptionalInt.empty();
    }

    private static PinMode mode(PinFields fields) throws RefusalException {
        String text = fields.text("mode").orElse("");
        return switch (text) {
            case "", "recursive" -> PinMode.RECURSIVE;
            case "direct" -> PinMode.DIRECT;
            default -> throw new RefusalException(Kind.UNSUPPORTED, "\"mode\" is neither recursive nor direct");
        };
    }

    private static PinType type(PinFields fields) throws RefusalException {
        String text = fields.text("type").orElse(PinType.DATA.text());
        for (PinType type : PinType.values()) {
            if (type.text().equals(text)) {
                return type;
            }
        }
        throw new RefusalException(Kind.UNSUPPORTED, "\"type\" is none of pin, meta-pin, clusterdag-pin, shard-pin");
    }

    private static Optional<Instant> time(PinFields fields, String name) throws RefusalException {
        Optional<String> text = fields.text(name).filter(value -> !value.isEmpty());
        try {
            return text.map(value -> OffsetDateTime.parse(value).toInstant().truncatedTo(ChronoUnit.MILLIS));
        } catch (DateTimeParseException _) {
            throw new RefusalException(Kind.MALFORMED, "\"" + name + "\" is no time as in 2026-01-31T12:00:00Z");
        }
    }
}
