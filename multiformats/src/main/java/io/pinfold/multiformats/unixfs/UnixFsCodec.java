package io.pinfold.multiformats.unixfs;

import io.pinfold.multiformats.ByteReader;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.BytesBuilder;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.Varint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Writes and reads {@link UnixFsData}. A decoder is used once. */
final class UnixFsCodec {

    private static final int TYPE = 0x08;
    private static final int DATA = 0x12;
    private static final int FILE_SIZE = 0x18;
    private static final int BLOCK_SIZE = 0x20;
    private static final int BLOCK_SIZES_PACKED = 0x22;
    private static final int HASH_FUNCTION = 0x28;
    private static final int FANOUT = 0x30;
    private static final int MODE = 0x38;
    private static final int MTIME = 0x42;

    private Optional<UnixFsType> type = Optional.empty();
    private Bytes data = Bytes.EMPTY;
    private OptionalLong fileSize = OptionalLong.empty();
    private final List<Long> blockSizes = new ArrayList<>();
    private OptionalLong hashFunction = OptionalLong.empty();
    private OptionalLong fanout = OptionalLong.empty();
    private UnixFsStat stat = UnixFsStat.NONE;

    private UnixFsCodec() {}

    static Bytes encode(UnixFsData message) {
        Optional<Bytes> mtime = message.stat().mtime().map(UnixFsTime::encode);
        BytesBuilder out = new BytesBuilder(size(message, mtime));
        out.put(TYPE).putVarint(message.type().number());
        if (!message.data().isEmpty()) {
            out.put(DATA).putPrefixed(message.data());
        }
        message.fileSize().ifPresent(size -> out.put(FILE_SIZE).putVarint(size));
        message.blockSizes().forEach(size -> out.put(BLOCK_SIZE).putVarint(size));
        message.shard()
                .ifPresent(shard -> out.put(HASH_FUNCTION)
                        .putVarint(shard.hashFunction())
                        .put(FANOUT)
                        .putVarint(shard.fanout()));
        message.stat().mode().ifPresent(mode -> out.put(MODE).putVarint(Integer.toUnsignedLong(mode)));
        mtime.ifPresent(time -> out.put(MTIME).putPrefixed(time));
        return out.build();
    }

    private static int size(UnixFsData message, Optional<Bytes> mtime) {
        int size = 2;
        if (!message.data().isEmpty()) {
            size += 1 + BytesBuilder.sizeOfPrefixed(message.data().size());
        }
        if (message.fileSize().isPresent()) {
            size += 1 + Varint.sizeOf(message.fileSize().getAsLong());
        }
        for (long blockSize : message.blockSizes()) {
            size += 1 + Varint.sizeOf(blockSize);
        }
        if (message.shard().isPresent()) {
            UnixFsShard shard = message.shard().get();
            size += 2 + Varint.sizeOf(shard.hashFunction()) + Varint.sizeOf(shard.fanout());
        }
        if (message.stat().mode().isPresent()) {
            size += 1 + Varint.sizeOf(Integer.toUnsignedLong(message.stat().mode().getAsInt()));
        }
        return size + mtime.map(time -> 1 + BytesBuilder.sizeOfPrefixed(time.size())).orElse(0);
    }

    static Decoded<UnixFsData> decode(Bytes encoded) {
        return Decoded.attempt(() -> {
            if (encoded.size() > UnixFsData.MAX_BYTES) {
                throw new RefusalException(Kind.TOO_LONG, "message has " + encoded.size() + " bytes");
            }
            return new UnixFsCodec().read(new ByteReader(encoded));
        });
    }

    private UnixFsData read(ByteReader in) throws RefusalException {
        for (int fields = 0; in.remaining() > 0; fields++) {
            if (fields == UnixFsData.MAX_FIELDS) {
                throw new RefusalException(Kind.TOO_MANY, "more than " + UnixFsData.MAX_FIELDS + " fields");
            }
            readField(in);
        }
        if (type.isEmpty()) {
            throw new RefusalException(Kind.MALFORMED, "no known type of UnixFS node");
        }
        Optional<UnixFsShard> shard = hashFunction.isEmpty() && fanout.isEmpty()
                ? Optional.empty()
                : Optional.of(new UnixFsShard(hashFunction.orElse(0), fanout.orElse(0)));
        return new UnixFsData(type.get(), data, fileSize, blockSizes, shard, stat);
    }

    private void readField(ByteReader in) throws RefusalException {
        long tag = in.readVarint();
        switch ((int) Math.min(tag, Integer.MAX_VALUE)) {
            case TYPE -> type = UnixFsType.of(in.readVarint());
            case DATA -> data = in.readPrefixed(UnixFsData.MAX_BYTES);
            case FILE_SIZE -> fileSize = OptionalLong.of(in.readVarint());
            case BLOCK_SIZE -> blockSizes.add(in.readVarint());
            case BLOCK_SIZES_PACKED -> readPacked(new ByteReader(in.readPrefixed(UnixFsData.MAX_FIELDS)));
            case HASH_FUNCTION -> hashFunction = OptionalLong.of(in.readVarint());
            case FANOUT -> fanout = OptionalLong.of(in.readVarint());
            case MODE -> stat = new UnixFsStat(OptionalInt.of((int) in.readVarint()), stat.mtime());
            case MTIME -> stat = new UnixFsStat(stat.mode(), UnixFsTime.decode(in.readPrefixed(UnixFsTime.MAX_BYTES)));
            default -> UnixFsTime.skip(in, (int) (tag & 7));
        }
    }

    private void readPacked(ByteReader in) throws RefusalException {
        while (in.remaining() > 0) {
            blockSizes.add(in.readVarint());
        }
    }
}
