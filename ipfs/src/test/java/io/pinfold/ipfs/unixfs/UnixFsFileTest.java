package io.pinfold.ipfs.unixfs;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.dagpb.DagPb;
import io.pinfold.multiformats.dagpb.PbLink;
import io.pinfold.multiformats.dagpb.PbNode;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class UnixFsFileTest {

    private static final Bytes FILE = Bytes.fromHex("0802");
    private static final int MANY = 1 << 20;

    private final Map<Cid, Bytes> blocks = new HashMap<>();

    @Test
    void rawLeafIsTheFile() {
        assertContent(raw("hello"), "hello");
    }

    @Test
    void leavesFollowInOrderThroughAllLevels() {
        Cid left = node(FILE, raw("a"), raw("b"));
        Cid right = node(FILE, raw("c"), node(FILE, raw("d"), raw("e")));
        assertContent(node(FILE, left, right, raw("f")), "abcdef");
    }

    @Test
    void dataWithinNodesCounts() {
        assertContent(node(Bytes.fromHex("080212036162631803")), "abc");
        assertContent(node(Bytes.fromHex("080012036162631803")), "abc");
    }

    @Test
    void sizesAndUnknownFieldsArePassedOver() {
        assertContent(node(Bytes.fromHex("08021803200120022a0130390000000000000000" + "450000a401")), "");
    }

    @Test
    void kubosSmallFileIsRead() {
        Bytes block = Bytes.fromHex("0a0b0802120568656c6c6f1805");
        Cid cid = Cid.v0(Multihash.sha256(block));
        blocks.put(cid, block);
        assertContent(cid, "hello");
    }

    @Test
    void boundIsOnTheWholeFile() {
        Cid file = node(FILE, raw("abc"), raw("def"));
        assertThat(read(file, 6)).isInstanceOf(Answer.Got.class);
        assertRefused(read(file, 5), "more than 5 bytes");
    }

    @Test
    void whatIsNoFileIsRefused() {
        assertRefused(read(node(Bytes.fromHex("0801")), MANY), "is a folder");
        assertRefused(read(node(Bytes.fromHex("0805")), MANY), "is a folder");
        assertRefused(read(node(Bytes.fromHex("0804")), MANY), "not a file");
        assertRefused(read(node(Bytes.fromHex("0806")), MANY), "no known type");
        assertRefused(read(node(Bytes.EMPTY), MANY), "no known type");
        assertRefused(read(node(Bytes.fromHex("08021205")), MANY), "is not UnixFS");
        assertRefused(read(node(Bytes.fromHex("080217")), MANY), "wire type 7");
        assertRefused(read(node(Bytes.fromHex("0802ffffffffffffffffffff01")), MANY), "is not UnixFS");
        Bytes cbor = Bytes.fromHex("a0");
        blocks.put(Cid.dagCbor(cbor), cbor);
        assertRefused(read(Cid.dagCbor(cbor), MANY), "codec is 0x71");
        Cid garbage = Cid.v1(Multicodec.DAG_PB, Multihash.sha256(Bytes.fromHex("ff")));
        blocks.put(garbage, Bytes.fromHex("ff"));
        assertRefused(read(garbage, MANY), "is not DAG-PB");
    }

    @Test
    void manyBlocksWithoutContentAreGivenUp() {
        Cid empty = raw("");
        Cid wide = node(FILE, Collections.nCopies(1000, empty).toArray(Cid[]::new));
        Cid wider = node(FILE, Collections.nCopies(1000, wide).toArray(Cid[]::new));
        assertRefused(read(wider, MANY), "more than 10000 blocks");
    }

    @Test
    void manyLinksAreGivenUp() {
        Cid wide = node(FILE, Collections.nCopies(40_000, raw("")).toArray(Cid[]::new));
        Cid deep = wide;
        for (int i = 0; i < 5; i++) {
            Cid[] links = Collections.nCopies(30_000, raw("")).toArray(Cid[]::new);
            links[0] = deep;
            deep = node(FILE, links);
        }
        assertRefused(read(deep, MANY), "links to follow");
    }

    @Test
    void missingBlockIsTheAnswer() {
        assertThat(read(node(FILE, Cid.raw(Bytes.fromHex("01"))), MANY)).isInstanceOfSatisfying(Answer.Failed.class,
                failed -> assertThat(failed.failure().kind()).isEqualTo(Kind.NOT_FOUND));
    }

    private Cid raw(String text) {
        Bytes data = Bytes.copyOf(text.getBytes(UTF_8));
        blocks.put(Cid.raw(data), data);
        return Cid.raw(data);
    }

    private Cid node(Bytes data, Cid... links) {
        List<PbLink> all = List.of(links)
                .stream()
                .map(cid -> new PbLink(cid, Optional.of(Bytes.EMPTY), OptionalLong.of(1)))
                .toList();
        Bytes block = DagPb.encode(new PbNode(all, Optional.of(data)));
        Cid cid = Cid.v1(Multicodec.DAG_PB, Multihash.sha256(block));
        blocks.put(cid, block);
        return cid;
    }

    private Answer<Bytes> read(Cid root, int maxBytes) {
        return UnixFsFile.read(root, maxBytes, cid -> {
            Bytes block = blocks.get(cid);
            return block != null
                    ? new Answer.Got<>(block)
                    : new Answer.Failed<>(new BackendFailure(Kind.NOT_FOUND, cid + " is missing"));
        });
    }

    private void assertContent(Cid root, String text) {
        assertThat(read(root, MANY)).isEqualTo(new Answer.Got<>(Bytes.copyOf(text.getBytes(UTF_8))));
    }

    private static void assertRefused(Answer<Bytes> answer, String text) {
        assertThat(answer).isInstanceOfSatisfying(Answer.Failed.class, failed -> {
            assertThat(failed.failure().kind()).isEqualTo(Kind.BROKEN_ANSWER);
            assertThat(failed.failure().detail()).contains(text);
        });
    }
}
