package io.pinfold.chain.store.intake;

import io.pinfold.chain.IntakeEntry;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.core.codec.OpCodec;
import io.pinfold.multiformats.ByteReader;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.Varint;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A record of the intake log. */
sealed interface IntakeRecord {

    /** The greatest number of sequence numbers in one {@link Retirement}. */
    int MAX_RETIRED = 1000;

    /** The greatest encoded record. */
    int MAX_BYTES = Limits.BLOCK_BYTES + 1024;

    /**
     * An entry, or a later copy of one.
     *
     * @param number counts entries from 1 in the order of their first append; a copy has the number of the original
     * @param retired whether it is kept for its key only
     */
    record Entry(long number, boolean retired, IntakeEntry entry) implements IntakeRecord {}

    /** From here on the entries with these sequence numbers are retired. */
    record Retirement(List<Long> seqs) implements IntakeRecord {

        /** Copies the list. */
        public Retirement {
            seqs = List.copyOf(seqs);
        }
    }

    /** The encoding: kind, then varints and length-prefixed fields (storage page, section "Intake log"). */
    default Bytes encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (this) {
            case Entry(long number, boolean retired, IntakeEntry entry) -> {
                out.write(retired ? Kind.RETIRED_ENTRY : Kind.ENTRY);
                put(out, number);
                put(out, entry.seq());
                put(out, entry.index());
                put(out, entry.timeMillis());
                putBytes(out, entry.key().orElse("").getBytes(StandardCharsets.UTF_8));
                putBytes(out, OpCodec.encode(entry.op()).toArray());
            }
            case Retirement(List<Long> seqs) -> {
                out.write(Kind.RETIREMENT);
                put(out, seqs.size());
                seqs.forEach(seq -> put(out, seq));
            }
        }
        return Bytes.copyOf(out.toByteArray());
    }

    /** The record that {@code bytes} are. */
    static Decoded<IntakeRecord> decode(Bytes bytes) {
        return Decoded.attempt(() -> {
            ByteReader in = new ByteReader(bytes);
            int kind = in.readByte();
            IntakeRecord record = switch (kind) {
                case Kind.ENTRY -> readEntry(in, false);
                case Kind.RETIRED_ENTRY -> readEntry(in, true);
                case Kind.RETIREMENT -> readRetirement(in);
                default -> throw new RefusalException(Refusal.Kind.UNSUPPORTED, "record of kind " + kind);
            };
            in.expectEnd();
            return record;
        });
    }

    private static Entry readEntry(ByteReader in, boolean retired) throws RefusalException {
        long number = in.readVarint();
        long seq = in.readVarint();
        long index = in.readVarint();
        long time = in.readVarint();
        String key = new String(in.readPrefixed(4 * IntakeEntry.MAX_KEY).toArray(), StandardCharsets.UTF_8);
        LogOp op = OpCodec.decode(in.readPrefixed(Limits.BLOCK_BYTES)).orRefuse();
        try {
            return new Entry(number, retired, new IntakeEntry(seq, Math.toIntExact(index), op, time,
                    key.isEmpty() ? Optional.empty() : Optional.of(key)));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new RefusalException(Refusal.Kind.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private static Retirement readRetirement(ByteReader in) throws RefusalException {
        long count = in.readVarint();
        if (count > MAX_RETIRED) {
            throw new RefusalException(Refusal.Kind.TOO_MANY, count + " sequence numbers");
        }
        List<Long> seqs = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            seqs.add(in.readVarint());
        }
        return new Retirement(seqs);
    }

    private static void put(ByteArrayOutputStream out, long value) {
        out.writeBytes(Varint.encode(value));
    }

    private static void putBytes(ByteArrayOutputStream out, byte[] bytes) {
        put(out, bytes.length);
        out.writeBytes(bytes);
    }

    /** First bytes. */
    final class Kind {
        static final int ENTRY = 1;
        static final int RETIRED_ENTRY = 2;
        static final int RETIREMENT = 3;

        private Kind() {}
    }
}
