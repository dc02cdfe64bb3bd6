package io.pinfold.follower.status;

import io.pinfold.follower.view.PinStatus;
import io.pinfold.follower.view.TrackerStatus;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.cbor.CborFields;
import io.pinfold.multiformats.cbor.CborLimits;
import io.pinfold.multiformats.cbor.CborMapBuilder;
import io.pinfold.multiformats.cbor.CborValue;
import io.pinfold.multiformats.cbor.CborValue.CborLink;
import io.pinfold.multiformats.cbor.CborValue.CborList;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes and reads request and answer of RPC {@code pin.status}; docs/protocol/methods.md. */
public final class StatusCodec {

    /** Most CIDs in one request. */
    public static final int MAX_CIDS = 16;

    /** Bytes of a request beside its CIDs, at most. */
    static final int REQUEST_OVERHEAD = 16;
    /** Bytes that a CID takes in a request beside its own, at most. */
    static final int CID_OVERHEAD = 6;

    private static final long MAX_MILLIS = 253_402_300_799_999L;
    private static final CborLimits REQUEST = new CborLimits(4 << 10, 2, 64);
    private static final CborLimits ANSWER = new CborLimits(64 << 10, 3, 512);

    private StatusCodec() {}

    /** The request for the status of {@code cids}, at most {@link #MAX_CIDS}. */
    public static Bytes encodeRequest(List<Cid> cids) {
        if (cids.size() > MAX_CIDS) {
            throw new IllegalArgumentException(cids.size() + " CIDs");
        }
        return DagCbor.encode(CborMap.builder().put("cids", cids.stream().map(CborLink::new).toList()).build());
    }

    /** The CIDs that a request asks for. */
    public static Decoded<List<Cid>> decodeRequest(Bytes bytes) {
        return DagCbor.decode(bytes, REQUEST)
                .flatMap(value -> CborFields.read("pin.status request", value,
                        in -> in.list("cids", MAX_CIDS, item -> CborFields.as(CborLink.class, "CID", item).cid())));
    }

    /** The answer: a report for each CID of the request, in its order. */
    public static Bytes encodeAnswer(List<StatusReport> reports) {
        return DagCbor.encode(new CborList(reports.stream().<CborValue>map(StatusCodec::encode).toList()));
    }

    /** The reports of an answer to a request for {@code expected} CIDs. */
    public static Decoded<List<StatusReport>> decodeAnswer(Bytes bytes, int expected) {
        return DagCbor.decode(bytes, ANSWER).flatMap(value -> Decoded.attempt(() -> reports(value, expected)));
    }

    private static List<StatusReport> reports(CborValue value, int expected) throws RefusalException {
        List<CborValue> items = CborFields.as(CborList.class, "answer", value).items();
        if (items.size() != expected) {
            throw new RefusalException(Refusal.Kind.MALFORMED, items.size() + " reports in place of " + expected);
        }
        List<StatusReport> reports = new ArrayList<>();
        for (CborValue item : items) {
            reports.add(CborFields.read("report", item, StatusCodec::report).orRefuse());
        }
        return List.copyOf(reports);
    }

    private static CborMap encode(StatusReport report) {
        CborMapBuilder fields = CborMap.builder()
                .put("status", report.status().text())
                .put("since", Math.clamp(report.since().toEpochMilli(), 0, MAX_MILLIS))
                .put("error", report.error())
                .put("attempts", report.attempts())
                .put("priority", report.priority());
        report.progress().ifPresent(p -> fields.put("blocks", p.blocks()).put("bytes", p.bytes()));
        return fields.build();
    }

    private static StatusReport report(CborFields in) throws RefusalException {
        TrackerStatus status = status(in.text("status", 64));
        Instant since = Instant.ofEpochMilli(in.number("since", 0, MAX_MILLIS));
        Optional<PinStatus.Progress> progress = in.has("blocks")
                ? Optional.of(new PinStatus.Progress(in.number("blocks", 0, Long.MAX_VALUE),
                        in.number("bytes", 0, Long.MAX_VALUE)))
                : Optional.empty();
        return new StatusReport(status, since, in.text("error", StatusReport.MAX_ERROR),
                (int) in.number("attempts", 0, Integer.MAX_VALUE), in.flag("priority"), progress);
    }

    private static TrackerStatus status(String text) throws RefusalException {
        return TrackerStatus.of(text)
                .orElseThrow(() -> new RefusalException(Refusal.Kind.UNSUPPORTED, "status " + text));
    }
}
