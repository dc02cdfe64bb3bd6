package io.pinfold.chain.core.codec;

import io.pinfold.chain.core.AppliedSequences;
import io.pinfold.chain.core.ChainPoint;
import io.pinfold.chain.core.Limits;
import io.pinfold.chain.core.SeqRanges;
import io.pinfold.chain.core.SeqRanges.Range;
import io.pinfold.chain.core.StateMark;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.cbor.CborFields;
import io.pinfold.multiformats.cbor.CborLimits;
import io.pinfold.multiformats.cbor.CborValue;
import io.pinfold.multiformats.cbor.CborValue.CborInt;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a state keeps on disk of where it stands: its mark. It is this peer's own; no other peer reads it. */
public final class StateCodec {

    /** The greatest number of authors whose sequence numbers a mark has: the keys of many versions together. */
    private static final int MAX_AUTHORS = 65_536;
    private static final CborLimits MARK_LIMITS = new CborLimits(64 << 20, 6, 4 << 20);

    private StateCodec() {}

    /** The encoding of {@code mark}. */
    public static Bytes encode(StateMark mark) {
        List<CborValue> authors = new ArrayList<>();
        mark.sequences().byAuthor().forEach((author, ranges) -> {
            List<CborValue> bounds = new ArrayList<>();
            for (Range range : ranges.ranges()) {
                bounds.add(new CborInt(range.from()));
                bounds.add(new CborInt(range.to()));
            }
            authors.add(CborMap.builder().put("key", author.toBytes()).put("seqs", bounds).build());
        });
        return DagCbor.encode(CborMap.builder()
                .put("height", mark.height())
                .put("block", mark.point().cid())
                .put("time", mark.timeMillis())
                .put("trust", mark.trust())
                .put("version", mark.trustVersion())
                .put("authors", authors)
                .build());
    }

    /** The mark that {@code bytes} are, wholly and canonically. */
    public static Decoded<StateMark> decodeMark(Bytes bytes) {
        return Decoded.attempt(() -> {
            StateMark mark = CborFields
                    .read("mark", DagCbor.decode(bytes, MARK_LIMITS).orRefuse(), StateCodec::readMark)
                    .orRefuse();
            Canonical.require("mark", bytes, encode(mark));
            return mark;
        });
    }

    private static StateMark readMark(CborFields in) throws RefusalException {
        ChainPoint point = new ChainPoint(in.number("height", 0, Limits.MAX_NUMBER), in.link("block"));
        long time = in.number("time", 0, Limits.MAX_TIME);
        Cid trust = in.link("trust");
        long version = in.number("version", 0, Limits.MAX_NUMBER);
        SortedMap<PeerId, SeqRanges> sequences = new TreeMap<>();
        List<Map.Entry<PeerId, SeqRanges>> authors = in.list("authors", MAX_AUTHORS,
                item -> CborFields.read("author", item,
                        fields -> Map.entry(Canonical.key(fields.value("key")), readRanges(fields))).orRefuse());
        authors.forEach(author -> sequences.put(author.getKey(), author.getValue()));
        return new StateMark(point, time, trust, version, AppliedSequences.of(sequences));
    }

    private static SeqRanges readRanges(CborFields in) throws RefusalException {
        List<Long> bounds = in.list("seqs", 2 * SeqRanges.MAX_RANGES,
                item -> CborFields.as(CborInt.class, "number", item).value());
        return Canonical.checked("ranges", () -> {
            List<Range> ranges = new ArrayList<>();
            for (int i = 0; i + 1 < bounds.size(); i += 2) {
                ranges.add(new Range(bounds.get(i), bounds.get(i + 1)));
            }
            return new SeqRanges(ranges);
        });
    }
}
