package io.pinfold.multiformats.testing;

import com.sun.management.ThreadMXBean;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.cbor.CborLimits;
import io.pinfold.multiformats.cbor.CborValue;
import io.pinfold.multiformats.cbor.CborValue.CborBool;
import io.pinfold.multiformats.cbor.CborValue.CborBytes;
import io.pinfold.multiformats.cbor.CborValue.CborInt;
import io.pinfold.multiformats.cbor.CborValue.CborList;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.CborValue.CborNull;
import io.pinfold.multiformats.cbor.CborValue.CborText;
import io.pinfold.multiformats.cbor.DagCbor;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All that can be done to the encoding of a good DAG-CBOR map, for codecs that take nothing but it.
 *
 * @param <T> what the codec makes of it
 */
public final class CborAttacks<T> {

    private static final CborLimits ALL = new CborLimits(4 << 20, 64, 1 << 20);
    /** What refusing may allocate at most besides a few copies of the input. */
    private static final long SPARE_BYTES = 4 << 20;

    private final Bytes good;
    private final CborValue value;
    private final Function<Bytes, Decoded<T>> decode;
    private final Function<T, Bytes> encode;

    /** Attacks on {@code decode} by what is near {@code good}. */
    public CborAttacks(Bytes good, Function<Bytes, Decoded<T>> decode, Function<T, Bytes> encode) {
        this.good = good;
        this.value = DagCbor.decode(good, ALL).orElseThrow();
        this.decode = decode;
        this.encode = encode;
    }

    /** All of them. */
    public void all(long seed) {
        Attacks.cutAndExtend(good, decode);
        Attacks.mutate(seed, 2000, good, decode, encode);
        slips();
        wrongTypes();
        unknownAndAbsentFields();
        bombs();
    }

    /** Encodings that are not canonical, each with one slip. */
    public void slips() {
        refuseAll(SloppyCbor.Slip.LONG_HEAD, Refusal.Kind.NOT_CANONICAL);
        refuseAll(SloppyCbor.Slip.INDEFINITE, Refusal.Kind.NOT_CANONICAL);
        refuseAll(SloppyCbor.Slip.REVERSED, Refusal.Kind.NOT_CANONICAL);
        refuseAll(SloppyCbor.Slip.REPEATED, Refusal.Kind.NOT_CANONICAL);
        refuseAll(SloppyCbor.Slip.BOASTING, Refusal.Kind.TRUNCATED);
    }

    /** Each value in turn is of each other type. */
    public void wrongTypes() {
        for (CborValue other : List.of(new CborInt(1), new CborText("x"), new CborBytes(Bytes.EMPTY), new CborNull(),
                new CborBool(true), CborList.of(), CborMap.of(Map.of()))) {
            for (CborValue wrong : replaced(value, other)) {
                Decoded<T> decoded = decode.apply(DagCbor.encode(wrong));
                assertThat(decoded).as("%s", wrong).isInstanceOf(Decoded.Refused.class);
                assertThat(((Decoded.Refused<T>) decoded).refusal().kind()).as("%s", wrong)
                        .isIn(Refusal.Kind.WRONG_TYPE, Refusal.Kind.TOO_DEEP);
            }
        }
    }

    /** Each map in turn has a field more, or one less; without a field that may be absent it is still canonical. */
    public void unknownAndAbsentFields() {
        for (CborValue more : withField(value)) {
            assertThat(decode.apply(DagCbor.encode(more))).as("%s", more).isInstanceOf(Decoded.Refused.class);
        }
        for (CborValue less : withoutField(value)) {
            Bytes bytes = DagCbor.encode(less);
            if (decode.apply(bytes) instanceof Decoded.Ok<T>(T accepted)) {
                assertThat(encode.apply(accepted)).as("%s", less).isEqualTo(bytes);
            }
        }
    }

    /** Small input that asks for much: refused, and before much is allocated. */
    public void bombs() {
        byte[] deep = new byte[20_000];
        Arrays.fill(deep, (byte) 0x81);
        refuseCheaply(Bytes.copyOf(deep), Refusal.Kind.TOO_DEEP, Refusal.Kind.TOO_LONG);
        for (int major : List.of(0x40, 0x60, 0x80, 0xa0)) {
            for (String length : List.of("7fffffff", "ffffffff", "7fffffffffffffff", "ffffffffffffffff")) {
                String head = Integer.toHexString(major + (length.length() == 8 ? 26 : 27));
                refuseCheaply(Bytes.fromHex(head + length), Refusal.Kind.TRUNCATED, Refusal.Kind.TOO_MANY);
            }
        }
        byte[] huge = new byte[3 << 20];
        refuseCheaply(Bytes.copyOf(huge), Refusal.Kind.TOO_LONG, Refusal.Kind.TRAILING);
    }

    /** The encoding of the map {@code good} with the field {@code key} set to {@code value}. */
    public static Bytes with(Bytes good, String key, CborValue value) {
        SequencedMap<String, CborValue> entries = new LinkedHashMap<>(
                ((CborMap) DagCbor.decode(good, ALL).orElseThrow()).entries());
        entries.put(key, value);
        return DagCbor.encode(new CborMap(entries));
    }

    private void refuseAll(SloppyCbor.Slip slip, Refusal.Kind kind) {
        for (Bytes bad : SloppyCbor.encodings(value, slip)) {
            Attacks.assertRefused(decode.apply(bad), kind);
        }
    }

    private void refuseCheaply(Bytes bad, Refusal.Kind... kinds) {
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = memory.getCurrentThreadAllocatedBytes();
        Decoded<T> decoded = decode.apply(bad);
        long allocated = memory.getCurrentThreadAllocatedBytes() - before;
        assertThat(decoded).isInstanceOf(Decoded.Refused.class);
        assertThat(((Decoded.Refused<T>) decoded).refusal().kind()).isIn((Object[]) kinds);
        assertThat(allocated).as("allocated for %d bytes", bad.size()).isLessThan(SPARE_BYTES + 4L * bad.size());
    }

    /** {@code in} with each value in turn, itself too, replaced by {@code other}, unless that has the same type. */
    private static List<CborValue> replaced(CborValue in, CborValue other) {
        List<CborValue> all = new ArrayList<>(below(in, child -> replaced(child, other)));
        if (!in.getClass().equals(other.getClass())) {
            all.add(other);
        }
        return all;
    }

    private static List<CborValue> withField(CborValue in) {
        List<CborValue> all = new ArrayList<>(below(in, CborAttacks::withField));
        if (in instanceof CborMap map) {
            SequencedMap<String, CborValue> more = new LinkedHashMap<>(map.entries());
            more.put("unheard-of", new CborList(List.of()));
            all.add(new CborMap(more));
        }
        return all;
    }

    private static List<CborValue> withoutField(CborValue in) {
        List<CborValue> all = new ArrayList<>(below(in, CborAttacks::withoutField));
        if (in instanceof CborMap map) {
            for (String key : map.entries().keySet()) {
                SequencedMap<String, CborValue> less = new LinkedHashMap<>(map.entries());
                less.remove(key);
                all.add(new CborMap(less));
            }
        }
        return all;
    }

    /** {@code in} with each of its children in turn changed in each way that {@code change} gives. */
    private static List<CborValue> below(CborValue in, Function<CborValue, List<CborValue>> change) {
        List<CborValue> all = new ArrayList<>();
        if (in instanceof CborList(List<CborValue> items)) {
            for (int i = 0; i < items.size(); i++) {
                for (CborValue changed : change.apply(items.get(i))) {
                    List<CborValue> copy = new ArrayList<>(items);
                    copy.set(i, changed);
                    all.add(new CborList(copy));
                }
            }
        } else if (in instanceof CborMap map) {
            map.entries().forEach((key, child) -> change.apply(child).forEach(changed -> {
                SequencedMap<String, CborValue> copy = new LinkedHashMap<>(map.entries());
                copy.put(key, changed);
                all.add(new CborMap(copy));
            }));
        }
        return all;
    }
}
