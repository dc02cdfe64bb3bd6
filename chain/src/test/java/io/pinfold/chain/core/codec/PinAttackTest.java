package io.pinfold.chain.core.codec;

import io.pinfold.chain.core.LogOp;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.cbor.CborValue;
import io.pinfold.multiformats.cbor.CborValue.CborBytes;
import io.pinfold.multiformats.cbor.CborValue.CborInt;
import io.pinfold.multiformats.cbor.CborValue.CborList;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.CborValue.CborText;
import io.pinfold.multiformats.cbor.DagCbor;
import io.pinfold.multiformats.testing.Attacks;
import io.pinfold.multiformats.testing.TestCids;
import io.pinfold.multiformats.testing.TestKeys;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The bounds of each field of an operation. */
class PinAttackTest {

    private static final CborMap FULL = PinCodec.encode(TestOps.full(1));

    @Test
    void thePinItselfIsGood() {
        assertThat(OpCodec.decode(op("pin", FULL)).orElseThrow()).isEqualTo(new LogOp.PinOp(TestOps.full(1)));
    }

    @Test
    void numbersAreBounded() {
        refused("depth", new CborInt(-1), Kind.OVERFLOW);
        refused("depth", new CborInt(1L << 31), Kind.OVERFLOW);
        refused("min", new CborInt(0), Kind.OVERFLOW);
        refused("min", new CborInt(6), Kind.MALFORMED);
        refused("max", new CborInt(1_000_001), Kind.OVERFLOW);
        refused("percent", new CborInt(50), Kind.MALFORMED);
        refused("percent", new CborInt(101), Kind.OVERFLOW);
        refused("expires", new CborInt(253_402_300_800_000L), Kind.OVERFLOW);
        refused("size", new CborInt(1L << 53), Kind.OVERFLOW);
        refused("size", new CborInt(-1), Kind.OVERFLOW);
    }

    @Test
    void textsAreBounded() {
        refused("name", new CborText("x".repeat(256)), Kind.TOO_LONG);
        refused("name", new CborText("ü".repeat(128)), Kind.TOO_LONG);
        refused("name", new CborText(""), Kind.NOT_CANONICAL);
        refused("type", new CborText("pin"), Kind.NOT_CANONICAL);
        refused("type", new CborText("new-pin"), Kind.UNSUPPORTED);
        refused("meta", CborMap.of(Map.of()), Kind.NOT_CANONICAL);
        refused("meta", CborMap.of(Map.of("", new CborText("x"))), Kind.MALFORMED);
        refused("meta", CborMap.of(Map.of("x", new CborText("x".repeat(4096)))), Kind.TOO_LONG);
        refused("meta", CborMap.of(IntStream.range(0, 65)
                .boxed()
                .collect(Collectors.toMap(i -> "k" + i, _ -> new CborText("")))), Kind.TOO_MANY);
    }

    @Test
    void listsAreBounded() {
        CborBytes peer = new CborBytes(TestKeys.peerId(1).toBytes());
        CborBytes address = new CborBytes(Multiaddr.parse("/ip4/192.0.2.1/tcp/4001").orElseThrow().toBytes());
        for (String key : List.of("users", "peers")) {
            refused(key, new CborList(Collections.nCopies(257, peer)), Kind.TOO_MANY);
            refused(key, CborList.of(), Kind.NOT_CANONICAL);
        }
        refused("origins", new CborList(Collections.nCopies(11, address)), Kind.TOO_MANY);
        refused("origins", CborList.of(new CborBytes(Bytes.fromHex("ffffff7f"))), Kind.UNSUPPORTED);
        refused("origins", CborList.of(new CborBytes(Bytes.copyOf(new byte[Multiaddr.MAX_BYTES + 1]))),
                Kind.TOO_LONG);
    }

    @Test
    void cidsAreWholeAndBounded() {
        Bytes cid = TestCids.cid(1).toBytes();
        for (String key : List.of("cid", "ref", "from")) {
            refused(key, new CborBytes(cid.slice(0, cid.size() - 1)), Kind.TRUNCATED);
            refused(key, new CborBytes(cid.concat(Bytes.fromHex("00"))), Kind.TRAILING);
            refused(key, new CborBytes(Bytes.copyOf(new byte[4096])), Kind.TOO_LONG);
        }
    }

    @Test
    void anOperationIsOneThing() {
        Attacks.assertRefused(OpCodec.decode(op("burn", new CborInt(1))), Kind.UNSUPPORTED);
        SequencedMap<String, CborValue> both = new LinkedHashMap<>();
        both.put("pin", FULL);
        both.put("unpin", new CborBytes(TestCids.cid(1).toBytes()));
        Attacks.assertRefused(OpCodec.decode(DagCbor.encode(new CborMap(both))), Kind.UNSUPPORTED);
    }

    private static void refused(String key, CborValue value, Kind kind) {
        SequencedMap<String, CborValue> entries = new LinkedHashMap<>(FULL.entries());
        entries.put(key, value);
        Attacks.assertRefused(OpCodec.decode(op("pin", new CborMap(entries))), kind);
    }

    private static Bytes op(String kind, CborValue value) {
        return DagCbor.encode(CborMap.of(Map.of(kind, value)));
    }
}
