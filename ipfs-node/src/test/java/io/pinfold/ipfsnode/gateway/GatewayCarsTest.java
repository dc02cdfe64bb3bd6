package io.pinfold.ipfsnode.gateway;

import io.pinfold.ipfsnode.gateway.CarWish.Scope;
import io.pinfold.ipfsnode.testing.InMemoryBlockstore;
import io.pinfold.ipfsnode.unixfs.Outcome;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.dagpb.DagPb;
import io.pinfold.multiformats.dagpb.PbLink;
import io.pinfold.multiformats.dagpb.PbNode;
import io.pinfold.multiformats.unixfs.UnixFsData;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Parts of files, and graphs that their makers forged. */
class GatewayCarsTest {

    private final InMemoryBlockstore blocks = new InMemoryBlockstore();
    private final GatewayCars cars = new GatewayCars(blocks);

    private Cid put(Bytes data, long codec) {
        Cid cid = Cid.v1(codec, Multihash.sha256(data));
        blocks.put(List.of(new Block(cid, data)));
        return cid;
    }

    private Cid leaf(int size) {
        return put(Bytes.copyOf(new byte[size]), Multicodec.RAW);
    }

    /** A node of a file that says what is told. */
    private Cid node(long size, List<Long> sizes, List<Cid> children) {
        List<PbLink> links = children.stream()
                .map(child -> new PbLink(child, Optional.of(Bytes.EMPTY), OptionalLong.of(1)))
                .toList();
        Bytes data = UnixFsData.file(size, sizes, UnixFsStat.NONE).encode();
        return put(DagPb.encode(new PbNode(links, Optional.of(data))), Multicodec.DAG_PB);
    }

    private Outcome<Long> pick(Cid root, Scope scope, Optional<ByteSpan> span, boolean duplicates, OutputStream out)
            throws IOException {
        return cars.write(cars.plan(new CarWish(root, List.of(), scope, span, duplicates)).orElseThrow(), out);
    }

    private Outcome<Long> part(Cid root, String span) throws IOException {
        return pick(root, Scope.ENTITY, Optional.of(ByteSpan.parse(span).orElseThrow()), false,
                OutputStream.nullOutputStream());
    }

    @ParameterizedTest
    @CsvSource({"0:*, 4", "0:0, 2", "9:9, 2", "9:10, 3", "10:29, 3", "-1:*, 2", "-30:-21, 2", "-30:-20, 3", "30:*, 1",
        "0:-30, 2",
        "5:-31, 1", "29:9223372036854775807, 2", "-9223372036854775808:0, 2"})
    void a_part_of_a_file_has_the_blocks_with_its_bytes(String span, long expected) throws IOException {
        Cid file = node(30, List.of(10L, 10L, 10L),
                List.of(leaf(10), put(Bytes.fromHex("01".repeat(10)), Multicodec.RAW),
                        put(Bytes.fromHex("02".repeat(10)), Multicodec.RAW)));
        assertThat(part(file, span).orElseThrow()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "1", "1:", ":1", "a:1", "1:b", "*:1", "1:2:3", "2:1", "-1:-2", "1 :2", "0x1:2",
        "99999999999999999999:*", "0:99999999999999999999"})
    void what_is_no_part_is_refused(String text) {
        assertThat(ByteSpan.parse(text)).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void sizes_that_lie_are_told() throws IOException {
        Cid short10 = leaf(9);
        assertProblem(part(node(10, List.of(10L), List.of(short10)), "0:*"), Problem.WRONG_SIZE);
        assertProblem(part(node(Long.MAX_VALUE, List.of(Long.MAX_VALUE), List.of(short10)), "-1:*"),
                Problem.WRONG_SIZE);
        assertProblem(part(node(10, List.of(5L, 5L), List.of(short10)), "0:*"), Problem.WRONG_SIZE);
        assertProblem(part(node(3, List.of(5L, 5L), List.of(short10, short10)), "0:*"), Problem.WRONG_SIZE);
    }

    @Test
    void files_are_not_followed_without_end() throws IOException {
        Cid file = leaf(1);
        for (int depth = 0; depth < 200; depth++) {
            file = node(1, List.of(1L), List.of(file));
        }
        assertProblem(part(file, "0:*"), Problem.TOO_DEEP);
    }

    /** Read as often as they are linked, they would be 20,000 to the third blocks, or 2^60. */
    @Test
    void what_is_linked_over_and_over_is_read_once() throws IOException {
        Cid wide = leaf(1);
        long size = 1;
        for (int depth = 0; depth < 3; depth++) {
            wide = node(20_000 * size, Collections.nCopies(20_000, size), Collections.nCopies(20_000, wide));
            size *= 20_000;
        }
        assertThat(part(wide, "0:*").orElseThrow()).isEqualTo(4);
        assertThat(part(wide, "1:-2").orElseThrow()).isEqualTo(4);
        Cid twice = leaf(1);
        for (int depth = 0; depth < 60; depth++) {
            twice = node(2L << depth, List.of(1L << depth, 1L << depth), List.of(twice, twice));
        }
        assertThat(part(twice, "0:*").orElseThrow()).isEqualTo(61);
        assertThat(part(twice, "5:-7").orElseThrow()).isEqualTo(61);
    }

    private static void assertProblem(Outcome<Long> outcome, Problem problem) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class,
                failed -> assertThat(failed.failure().problem()).isEqualTo(problem));
    }

    @Test
    void duplicates_come_as_often_as_they_are_linked_if_they_are_wanted() throws IOException {
        Cid leaf = leaf(10);
        Cid file = node(30, List.of(10L, 10L, 10L), List.of(leaf, leaf, leaf));
        for (Scope scope : List.of(Scope.ALL, Scope.ENTITY)) {
            assertThat(pick(file, scope, Optional.empty(), false, new ByteArrayOutputStream()).orElseThrow())
                    .isEqualTo(2);
            assertThat(pick(file, scope, Optional.empty(), true, new ByteArrayOutputStream()).orElseThrow())
                    .isEqualTo(4);
        }
    }

    @Test
    void what_is_missing_ends_an_archive() throws IOException {
        Cid absent = Cid.raw(Bytes.fromHex("77"));
        assertProblem(pick(node(1, List.of(1L), List.of(absent)), Scope.ALL, Optional.empty(), false,
                new ByteArrayOutputStream()), Problem.MISSING);
        assertThat(cars.plan(new CarWish(absent, List.of(), Scope.ALL, Optional.empty(), false)))
                .isInstanceOf(Outcome.Failed.class);
    }
}
