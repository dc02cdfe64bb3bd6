package io.pinfold.chain.store.pins;

import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.Pin;
import io.pinfold.chain.core.PinEntry;
import io.pinfold.chain.core.PinType;
import io.pinfold.chain.core.Replication;
import io.pinfold.multiformats.ByteReader;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.RefusalException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The value of a base: an entry without its CID, which is the key (storage page, section "Value of a pin").
 *
 * <p>A version, a set of flags, height and time, then each field that is not at its default, in the order of the flags.
 * About 20 bytes for a pin with a name. Decoding refuses whatever encoding would not write.
 */
final class PinEntryCodec {

    /** The version that is written. */
    static final int VERSION = 1;

    private static final int NAME = 1;
    private static final int TYPE = 1 << 1;
    private static final int DEPTH = 1 << 2;
    private static final int FACTORS = 1 << 3;
    private static final int PERCENT = 1 << 4;
    private static final int USERS = 1 << 5;
    private static final int PEERS = 1 << 6;
    private static final int REFERENCE = 1 << 7;
    private static final int EXPIRY = 1 << 8;
    private static final int METADATA = 1 << 9;
    private static final int ORIGINS = 1 << 10;
    private static final int UPDATE = 1 << 11;
    private static final int SIZE = 1 << 12;
    private static final int ALL = (1 << 13) - 1;

    private static final int MAX_ADDRESS_BYTES = 4096;

    private PinEntryCodec() {}

    static byte[] encode(PinEntry entry) {
        Pin pin = entry.pin();
        FieldWriter out = new FieldWriter();
        out.number(VERSION);
        out.number(flags(pin));
        out.number(entry.height());
        out.number(entry.timeMillis());
        if (!pin.name().isEmpty()) {
            out.text(pin.name());
        }
        if (pin.type() != PinType.DATA) {
            out.number(code(pin.type()));
        }
        if (pin.maxDepth() >= 0) {
            out.number(pin.maxDepth());
        }
        Replication replication = pin.replication();
        if (replication.max() >= 0) {
            out.number(replication.min());
            out.number(replication.max());
        }
        replication.percent().ifPresent(out::number);
        out.listUnlessEmpty(pin.userAllocations(), PeerId::toBytes);
        out.listUnlessEmpty(pin.allocations(), PeerId::toBytes);
        pin.reference().ifPresent(cid -> out.bytes(cid.toBytes()));
        pin.expireAt().ifPresent(time -> out.number(time.toEpochMilli()));
        out.textsUnlessEmpty(pin.metadata());
        out.listUnlessEmpty(pin.origins(), Multiaddr::toBytes);
        pin.pinUpdate().ifPresent(cid -> out.bytes(cid.toBytes()));
        pin.size().ifPresent(out::number);
        return out.toArray();
    }

    /** The entry of {@code cid} that {@code value} says. */
    static Decoded<PinEntry> decode(Cid cid, byte[] value) {
        return Decoded.attempt(() -> {
            FieldReader in = new FieldReader(new ByteReader(Bytes.copyOf(value)));
            if (in.number(Integer.MAX_VALUE) != VERSION) {
                throw new RefusalException(Refusal.Kind.UNSUPPORTED, "value of an unknown version");
            }
            int flags = in.number(ALL);
            long height = in.longNumber(Limits.MAX_NUMBER);
            long time = in.longNumber(Limits.MAX_TIME);
            Pin pin = in.checked(() -> readPin(cid, flags, in));
            in.expectEnd();
            if (flags(pin) != flags) {
                throw new RefusalException(Refusal.Kind.NOT_CANONICAL, "a field has its default");
            }
            return in.checked(() -> new PinEntry(pin, height, time));
        });
    }

    private static Pin readPin(Cid cid, int flags, FieldReader in) throws RefusalException {
        String name = has(flags, NAME) ? in.text(Limits.NAME_BYTES) : "";
        PinType type = has(flags, TYPE) ? type(in.number(Byte.MAX_VALUE)) : PinType.DATA;
        int depth = has(flags, DEPTH) ? in.number(Integer.MAX_VALUE) : -1;
        Replication replication = readReplication(flags, in);
        var users = in.list(has(flags, USERS), Limits.ALLOCATIONS, PeerId::decode);
        var peers = in.list(has(flags, PEERS), Limits.ALLOCATIONS, PeerId::decode);
        Optional<Cid> reference = optionalCid(has(flags, REFERENCE), in);
        Optional<Instant> expiry = has(flags, EXPIRY)
                ? Optional.of(Instant.ofEpochMilli(in.longNumber(Limits.MAX_TIME)))
                : Optional.empty();
        var metadata = in.texts(has(flags, METADATA), Limits.METADATA_ENTRIES, Limits.METADATA_BYTES);
        var origins = in.list(has(flags, ORIGINS), Limits.ORIGINS, MAX_ADDRESS_BYTES, Multiaddr::decode);
        Optional<Cid> update = optionalCid(has(flags, UPDATE), in);
        OptionalLong size = has(flags, SIZE)
                ? OptionalLong.of(in.longNumber(Limits.MAX_NUMBER))
                : OptionalLong.empty();
        return new Pin(cid, type, name, depth, replication, users, peers, reference, expiry, metadata, origins, update,
                size);
    }

    private static Replication readReplication(int flags, FieldReader in) throws RefusalException {
        int min = has(flags, FACTORS) ? in.number(Limits.REPLICATION) : -1;
        int max = has(flags, FACTORS) ? in.number(Limits.REPLICATION) : -1;
        return new Replication(min, max, has(flags, PERCENT) ? OptionalInt.of(in.number(100)) : OptionalInt.empty());
    }

    private static Optional<Cid> optionalCid(boolean present, FieldReader in) throws RefusalException {
        return present ? Optional.of(Cid.decode(in.bytes(Cid.MAX_BYTES)).orRefuse()) : Optional.empty();
    }

    private static int flags(Pin pin) {
        return flag(NAME, !pin.name().isEmpty())
                | flag(TYPE, pin.type() != PinType.DATA)
                | flag(DEPTH, pin.maxDepth() >= 0)
                | flag(FACTORS, pin.replication().max() >= 0)
                | flag(PERCENT, pin.replication().percent().isPresent())
                | flag(USERS, !pin.userAllocations().isEmpty())
                | flag(PEERS, !pin.allocations().isEmpty())
                | flag(REFERENCE, pin.reference().isPresent())
                | flag(EXPIRY, pin.expireAt().isPresent())
                | flag(METADATA, !pin.metadata().isEmpty())
                | flag(ORIGINS, !pin.origins().isEmpty())
                | flag(UPDATE, pin.pinUpdate().isPresent())
                | flag(SIZE, pin.size().isPresent());
    }

    private static int flag(int bit, boolean set) {
        return set ? bit : 0;
    }

    private static boolean has(int flags, int bit) {
        return (flags & bit) != 0;
    }

    /** Numbers of the types on disk, which never change. */
    private static int code(PinType type) {
        return switch (type) {
            case DATA -> 0;
            case META -> 1;
            case CLUSTER_DAG -> 2;
            case SHARD -> 3;
        };
    }

    private static PinType type(int code) throws RefusalException {
        return switch (code) {
            case 0 -> PinType.DATA;
            case 1 -> PinType.META;
            case 2 -> PinType.CLUSTER_DAG;
            case 3 -> PinType.SHARD;
            default -> throw new RefusalException(Refusal.Kind.UNSUPPORTED, "unknown pin type " + code);
        };
    }
}
