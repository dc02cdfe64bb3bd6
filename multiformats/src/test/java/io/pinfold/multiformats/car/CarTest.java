package io.pinfold.multiformats.car;

import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.Varint;
import io.pinfold.multiformats.cbor.CborValue.CborLink;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.CborValue.CborNull;
import io.pinfold.multiformats.cbor.DagCbor;
import io.pinfold.multiformats.dagpb.DagPb;
import io.pinfold.multiformats.dagpb.PbLink;
import io.pinfold.multiformats.dagpb.PbNode;
import io.pinfold.multiformats.testing.TestCids;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.pinfold.multiformats.testing.Attacks.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CarTest {

    /** How the archive of js-car's tests begins: raw blocks, DAG-PB of version 0 and DAG-CBOR, of which two are roots. */
    private static final String GOLDEN = "63a265726f6f747382d82a58250001711220f88bc853804cf294fe417e4fa83028689fcdb1b1592c"
            + "5102e1474dbc200fab8bd82a5825000171122069ea0740f9807a28f4d932c62e7c1c83be055e55072c90266ab3e79df63a365b67"
            + "76657273696f6e01280155122061be55a8e2f6b4e172338bddf184d6dbee29c98853e0a0485ecee7f27b9af0b461616161280155"
            + "122081cc5b17018674b401b42f35ba07bb79e211239c23bffe658da1577e3e646877626262622801551220b6fbd675f98e2abd22"
            + "d4ed29fdc83150fedc48597e92dd1a7a24381d44a2745163636363511220e7dc486e97e6ebe5cdabab3e392bdad128b6e09acc94"
            + "bb4e2aa2af7b986d24d0122d0a240155122061be55a8e2f6b4e172338bddf184d6dbee29c98853e0a0485ecee7f27b9af0b41203"
            + "63617418048001122079a982de3c9907953d4d323cee1d0fb1ed8f45f8ef02870c0cb9e09246bd530a122d0a240155122081cc5b"
            + "17018674b401b42f35ba07bb79e211239c23bffe658da1577e3e6468771203646f671804122d0a221220e7dc486e97e6ebe5cdab"
            + "ab3e392bdad128b6e09acc94bb4e2aa2af7b986d24d01205666972737418338301122002acecc5de2438ea4126a3010ecb1f8a59"
            + "9c8eff22fff1a1dcffe999b27fd3de122e0a2401551220b6fbd675f98e2abd22d4ed29fdc83150fedc48597e92dd1a7a24381d44"
            + "a274511204626561721804122f0a2212";

    /** Two blocks, in a version 1 archive. */
    private static final Bytes SMALL = archive(List.of(TestCids.cid(1)), List.of(block(1), block(2)));

    @Test
    void archiveIsByteForByteThatOfJsCar() {
        List<Block> blocks = goldenBlocks();
        Bytes archive = archive(List.of(blocks.get(6).cid(), blocks.get(7).cid()), blocks);
        assertThat(archive.toHex()).startsWith(GOLDEN).hasSize(2 * 715);
        assertThat(readAll(archive)).isEqualTo(new Content(List.of(blocks.get(6).cid(), blocks.get(7).cid()), blocks));
    }

    @Test
    void emptyArchiveAndNoRootsAreFine() {
        assertThat(archive(List.of(), List.of()).toHex()).isEqualTo("11a265726f6f7473806776657273696f6e01");
        assertThat(readAll(archive(List.of(), List.of()))).isEqualTo(new Content(List.of(), List.of()));
    }

    @Test
    void largestBlockIsFineAndALargerOneIsNot() {
        Bytes largest = Bytes.copyOf(new byte[Block.MAX_SIZE]);
        Block block = new Block(Cid.raw(largest), largest);
        assertThat(readAll(archive(List.of(), List.of(block))).blocks()).containsExactly(block);

        Bytes over = Bytes.copyOf(new byte[Block.MAX_SIZE + 1]);
        assertThatThrownBy(() -> archive(List.of(), List.of(new Block(Cid.raw(over), over))))
                .isInstanceOf(IllegalArgumentException.class);
        assertRefused(read(archive(List.of(), List.of()).concat(section(Cid.raw(over).toBytes().concat(over)))),
                Kind.TOO_LONG);
    }

    @Test
    void everyCutIsRefusedOrAWholeNumberOfBlocks() {
        int behindHeader = archive(List.of(TestCids.cid(1)), List.of()).size();
        int behindFirst = archive(List.of(TestCids.cid(1)), List.of(block(1))).size();
        for (int size = 0; size < SMALL.size(); size++) {
            Decoded<Content> read = read(SMALL.slice(0, size));
            if (size == behindHeader || size == behindFirst) {
                assertThat(read).as("cut to %d", size).isInstanceOf(Decoded.Ok.class);
            } else {
                assertRefused(read, Kind.TRUNCATED);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"00, TRUNCATED", "01a0, MALFORMED", "0180, WRONG_TYPE", "8000, NOT_CANONICAL", "8080808001, TOO_LONG",
        "ffffffffffffffffff01, OVERFLOW", "11a265726f6f7473806776657273696f6e03, UNSUPPORTED",
        "11a265726f6f7473816776657273696f6e01, WRONG_TYPE", "11a265726f6f7473806776657273696f6e20, UNSUPPORTED",
        "11a26776657273696f6e0165726f6f747380, NOT_CANONICAL", "12a265726f6f747381006776657273696f6e01, WRONG_TYPE",
        "11a265726f6f7473a06776657273696f6e01, MALFORMED", "0aa16776657273696f6e01, MALFORMED",
        "13a36178016572 6f6f7473806776657273696f6e01, TRUNCATED",
        "14a3617801 65726f6f7473806776657273696f6e01, MALFORMED",
        "12a265726f6f7473806776657273696f6e6131, MALFORMED", "12a265726f6f7473806776657273696f6e0100, TRAILING"})
    void badHeadersAreRefused(String hex, Kind kind) {
        assertRefused(read(Bytes.fromHex(hex.replace(" ", ""))), kind);
    }

    @Test
    void headersAreBounded() {
        List<Cid> many = Collections.nCopies(CarHeader.MAX_ROOTS + 1, TestCids.cid(1));
        assertThatThrownBy(() -> archive(many, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThat(readAll(archive(many.subList(1, many.size()), List.of())).roots()).hasSize(CarHeader.MAX_ROOTS);
        Bytes header = DagCbor.encode(CborMap.builder()
                .put("roots", many.stream().map(CborLink::new).toList())
                .put("version", 1)
                .build());
        assertRefused(read(section(header)), Kind.TOO_MANY);
        assertRefused(read(Bytes.copyOf(Varint.encode(CarHeader.MAX_BYTES + 1L))), Kind.TOO_LONG);
    }

    @ParameterizedTest
    @CsvSource({"00, MALFORMED", "0101, TRUNCATED", "050155000101, WRONG_HASH", "06015500016100, WRONG_HASH",
        "28015512200000000000000000000000000000000000000000000000000000000000000000aabbccdd, WRONG_HASH",
        "0401550000, OK", "0501559a0100, UNSUPPORTED", "0402550000, UNSUPPORTED", "ffffff01, TOO_LONG",
        "ffffffffffffffff7f, TOO_LONG", "8000, NOT_CANONICAL", "80, TRUNCATED", "0401551221, TRUNCATED"})
    void sectionsAreChecked(String hex, String expected) {
        Decoded<Content> read = read(archive(List.of(), List.of()).concat(Bytes.fromHex(hex)));
        switch (expected) {
            case "OK" -> assertThat(read.orElseThrow().blocks()).hasSize(1);
            case "WRONG_HASH" -> assertRefused(read, Kind.WRONG_HASH);
            default -> assertRefused(read, Kind.valueOf(expected));
        }
    }

    @Test
    void aFlippedBitAnywhereIsRefusedOrNamedOtherwise() {
        Random random = new Random(7);
        for (int bit = 0; bit < 8 * SMALL.size(); bit++) {
            byte[] bad = SMALL.toArray();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            if (read(Bytes.copyOf(bad)) instanceof Decoded.Ok<Content>(Content content)) {
                assertThat(content.blocks()).allMatch(Block::isGenuine);
                assertThat(content).isNotEqualTo(readAll(SMALL));
            }
            bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            assertThat(read(Bytes.copyOf(bad))).isNotNull();
        }
    }

    @Test
    void dataOfVersion2IsReadAndItsIndexPassedOver() {
        Content content = readAll(SMALL);
        assertThat(readAll(version2(51, SMALL, 0, Bytes.EMPTY))).isEqualTo(content);
        Bytes index = Bytes.fromHex("8108deadbeef");
        assertThat(readAll(version2(51, SMALL, 51 + SMALL.size(), index))).isEqualTo(content);
        assertThat(readAll(version2(1000, SMALL, 1000 + SMALL.size(), index))).isEqualTo(content);
        assertThat(readAll(version2(51, SMALL, 9000, Bytes.copyOf(new byte[5000]).concat(index)))).isEqualTo(content);
    }

    @Test
    void badVersion2IsRefused() {
        Bytes good = version2(60, SMALL, 0, Bytes.EMPTY);
        int behindHeader = 60 + archive(List.of(TestCids.cid(1)), List.of()).size();
        for (int size = 0; size < good.size(); size++) {
            assertRefused(read(good.slice(0, size)), Kind.TRUNCATED);
        }
        assertThat(good.size()).isGreaterThan(behindHeader);
        assertRefused(read(version2(50, SMALL, 0, Bytes.EMPTY)), Kind.MALFORMED);
        assertRefused(read(version2(-1, SMALL, 0, Bytes.EMPTY)), Kind.MALFORMED);
        assertRefused(read(version2(51, SMALL, 52, Bytes.EMPTY)), Kind.MALFORMED);
        assertRefused(read(version2(51, Bytes.EMPTY, 0, Bytes.EMPTY)), Kind.MALFORMED);
        assertRefused(read(sized(51, Long.MIN_VALUE, SMALL)), Kind.MALFORMED);
        assertRefused(read(sized(Long.MAX_VALUE, 1, SMALL)), Kind.MALFORMED);
        assertRefused(read(sized(51, SMALL.size() - 1L, SMALL)), Kind.TRUNCATED);
        assertRefused(read(sized(51, SMALL.size() + 1L, SMALL)), Kind.TRUNCATED);
        assertRefused(read(sized(51, 5, SMALL)), Kind.TRUNCATED);
        assertRefused(read(version2(51, version2(51, SMALL, 0, Bytes.EMPTY), 0, Bytes.EMPTY)), Kind.UNSUPPORTED);
    }

    @Test
    void aFailingStreamIsNoRefusal() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("cable cut");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        };
        assertThatThrownBy(() -> CarReader.open(failing)).isInstanceOf(IOException.class).hasMessage("cable cut");
    }

    private record Content(List<Cid> roots, List<Block> blocks) {}

    private static Content readAll(Bytes archive) {
        return read(archive).orElseThrow();
    }

    private static Decoded<Content> read(Bytes archive) {
        try {
            return switch (CarReader.open(new ByteArrayInputStream(archive.toArray()))) {
                case Decoded.Refused<CarReader>(Refusal refusal) -> new Decoded.Refused<>(refusal);
                case Decoded.Ok<CarReader>(CarReader reader) -> read(reader);
            };
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Decoded<Content> read(CarReader reader) throws IOException {
        List<Block> blocks = new ArrayList<>();
        while (true) {
            switch (reader.next()) {
                case Decoded.Refused<Optional<Block>>(Refusal refusal) -> {
                    return new Decoded.Refused<>(refusal);
                }
                case Decoded.Ok<Optional<Block>>(Optional<Block> block) -> {
                    if (block.isEmpty()) {
                        return Decoded.ok(new Content(reader.roots(), blocks));
                    }
                    blocks.add(block.get());
                }
            }
        }
    }

    private static Bytes archive(List<Cid> roots, List<Block> blocks) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            CarWriter writer = new CarWriter(out, roots);
            for (Block block : blocks) {
                writer.write(block);
            }
            return Bytes.copyOf(out.toByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Bytes section(Bytes content) {
        return Bytes.copyOf(Varint.encode(content.size())).concat(content);
    }

    private static Bytes version2(long offset, Bytes data, long indexOffset, Bytes behind) {
        Bytes padding = Bytes.copyOf(new byte[offset < 51 ? 0 : (int) offset - 51]);
        return head(offset, data.size(), indexOffset).concat(padding).concat(data).concat(behind);
    }

    private static Bytes sized(long offset, long size, Bytes data) {
        return head(offset, size, 0).concat(data);
    }

    private static Bytes head(long offset, long size, long indexOffset) {
        ByteBuffer header = ByteBuffer.allocate(51).order(ByteOrder.LITTLE_ENDIAN);
        header.put(Bytes.fromHex("0aa16776657273696f6e02").toArray()).putLong(0).putLong(0);
        return Bytes.copyOf(header.putLong(offset).putLong(size).putLong(indexOffset).array());
    }

    private static Block block(int number) {
        return new Block(TestCids.cid(number), TestCids.block(number));
    }

    private static List<Block> goldenBlocks() {
        List<Block> blocks = new ArrayList<>();
        for (String text : List.of("aaaa", "bbbb", "cccc")) {
            Bytes data = Bytes.copyOf(text.getBytes(UTF_8));
            blocks.add(new Block(Cid.raw(data), data));
        }
        blocks.add(node(PbLink.of("cat", blocks.get(0).cid(), 4)));
        blocks.add(node(PbLink.of("dog", blocks.get(1).cid(), 4), PbLink.of("first", blocks.get(3).cid(), 51)));
        blocks.add(node(PbLink.of("bear", blocks.get(2).cid(), 4), PbLink.of("second", blocks.get(4).cid(), 149)));
        blocks.add(cbor(CborMap.builder().put("name", "blip").put("link", blocks.get(5).cid()).build()));
        blocks.add(cbor(CborMap.builder().put("name", "limbo").put("link", new CborNull()).build()));
        return blocks;
    }

    private static Block node(PbLink... links) {
        Bytes data = DagPb.encode(new PbNode(List.of(links), Optional.empty()));
        return new Block(Cid.v0(Multihash.sha256(data)), data);
    }

    private static Block cbor(CborMap map) {
        Bytes data = DagCbor.encode(map);
        return new Block(Cid.dagCbor(data), data);
    }
}
