package io.pinfold.ipfsnode.unixfs;

import io.pinfold.ipfsnode.unixfs.Entry.FileEntry;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;
import io.pinfold.ipfsnode.unixfs.write.Layout;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.dagpb.PbLink;
import io.pinfold.multiformats.unixfs.UnixFsData;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import io.pinfold.multiformats.unixfs.UnixFsType;
import io.pinfold.testkit.Seeds;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileReadingTest {

    private static final UnixFsStat NONE = UnixFsStat.NONE;

    @RegisterExtension
    final Seeds seeds = new Seeds();

    private final Stored stored = new Stored();
    private final Cid leaf = stored.put(Multicodec.RAW, Names.bytes("hello"));

    @Test
    void rangesOfRandomFilesAreThoseOfTheirContent() {
        RandomGenerator random = seeds.generator();
        for (int round = 0; round < 200; round++) {
            int chunk = 1 + random.nextInt(40);
            Layout layout = Layout.UNIXFS_V0_2015.withChunkSize(chunk)
                    .withMaxLinks(2 + random.nextInt(6))
                    .withRawLeaves(random.nextBoolean())
                    .withInlineLimit(random.nextBoolean() ? 0 : 40);
            FileEntry file = new FileEntry(random.nextInt(60 * chunk), random.nextLong(), NONE);
            byte[] content = file.content();
            Cid cid = stored.put(layout, file).cid();
            assertThat(stored.cat(cid)).as(seeds.toString()).isEqualTo(done(content));
            for (int i = 0; i < 10; i++) {
                int from = random.nextInt(content.length + 10);
                int to = from + random.nextInt(content.length + 10);
                byte[] part = Arrays.copyOfRange(content, Math.min(from, content.length),
                        Math.min(to, content.length));
                assertThat(stored.cat(cid, from, to)).as("%s, %d to %d", seeds, from, to).isEqualTo(done(part));
            }
        }
    }

    @Test
    void onlyBlocksOfTheRangeAreGot() {
        Cid missing = Cid.raw(Names.bytes("not here"));
        Cid file = stored.put(UnixFsData.file(5 + 8 + 5, List.of(5L, 8L, 5L), NONE), link(leaf), link(missing),
                link(leaf));
        assertThat(stored.cat(file, 2, 4).orElseThrow()).isEqualTo(Names.bytes("ll"));
        assertThat(stored.cat(file, 13, 99).orElseThrow()).isEqualTo(Names.bytes("hello"));
        assertThat(stored.cat(file, 5, 5).orElseThrow()).isEqualTo(Bytes.EMPTY);
        assertFails(stored.cat(file, 2, 6), Problem.MISSING);
        assertFails(stored.cat(file, 12, 14), Problem.MISSING);
    }

    @Test
    void oldLeavesAndDataBesideLinksAreRead() {
        UnixFsData both = new UnixFsData(UnixFsType.RAW, Names.bytes("ab"),
                OptionalLong.empty(), List.of(5L), Optional.empty(), NONE);
        Cid file = stored.put(both, link(leaf));
        assertThat(stored.cat(file).orElseThrow()).isEqualTo(Names.bytes("abhello"));
        assertThat(stored.cat(file, 1, 4).orElseThrow()).isEqualTo(Names.bytes("bhe"));
    }

    @Test
    void sizesThatLieAreFound() {
        assertFails(stored.cat(stored.put(UnixFsData.file(6, List.of(6L), NONE), link(leaf))), Problem.WRONG_SIZE);
        assertFails(stored.cat(stored.put(UnixFsData.file(4, List.of(4L), NONE), link(leaf))), Problem.WRONG_SIZE);
        assertFails(stored.cat(stored.put(UnixFsData.file(6, List.of(5L), NONE), link(leaf))), Problem.WRONG_SIZE);
        assertFails(stored.cat(stored.put(UnixFsData.file(5, List.of(5L, 0L), NONE), link(leaf))), Problem.WRONG_SIZE);
        assertFails(stored.cat(stored.put(UnixFsData.file(5, List.of(), NONE), link(leaf))), Problem.WRONG_SIZE);
        long half = Long.MAX_VALUE / 2 + 1;
        assertFails(stored.cat(stored.put(UnixFsData.file(0, List.of(half, half), NONE), link(leaf), link(leaf))),
                Problem.WRONG_SIZE);
        Cid inner = stored.put(UnixFsData.file(5, List.of(5L), NONE), link(leaf));
        assertFails(stored.cat(stored.put(UnixFsData.file(10, List.of(10L), NONE), link(inner))), Problem.WRONG_SIZE);
        assertThat(stored.reader.entry(stored.put(UnixFsData.file(9, List.of(5L), NONE), link(leaf))))
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void whatIsNoFileIsSaidSo() {
        assertFails(stored.cat(stored.put(UnixFsData.folder(NONE))), Problem.NOT_A_FILE);
        assertFails(stored.cat(stored.put(UnixFsData.symlink(Names.bytes("x"), NONE))), Problem.NOT_A_FILE);
        assertFails(stored.cat(stored.put(UnixFsData.file(5, List.of(5L), NONE),
                link(stored.put(UnixFsData.folder(NONE))))), Problem.NOT_A_FILE);
        assertFails(stored.cat(stored.put(Multicodec.DAG_PB, Bytes.fromHex("ff"))), Problem.MALFORMED);
        assertFails(stored.cat(stored.put(Multicodec.DAG_PB, Bytes.EMPTY)), Problem.MALFORMED);
        assertFails(stored.cat(stored.put(Bytes.fromHex("0806"))), Problem.MALFORMED);
        assertFails(stored.cat(stored.put(Multicodec.DAG_CBOR, Bytes.fromHex("a0"))), Problem.MALFORMED);
        assertFails(stored.cat(Cid.raw(Names.bytes("missing"))), Problem.MISSING);
        stored.blocks.damage(leaf);
        assertFails(stored.cat(leaf), Problem.DAMAGED);
    }

    @Test
    void chainsAndFansOfNodesAreBounded() {
        Cid deep = leaf;
        for (int i = 0; i < 127; i++) {
            deep = stored.put(UnixFsData.file(5, List.of(5L), NONE), link(deep));
        }
        assertThat(stored.cat(deep).orElseThrow()).isEqualTo(Names.bytes("hello"));
        for (int i = 0; i < 20_000; i++) {
            deep = stored.put(UnixFsData.file(5, List.of(5L), NONE), link(deep));
        }
        assertFails(stored.cat(deep), Problem.TOO_DEEP);

        Cid wide = stored.put(Multicodec.RAW, Bytes.EMPTY);
        for (int level = 0; level < 8; level++) {
            PbLink[] links = new PbLink[30_000];
            Arrays.fill(links, link(wide));
            wide = stored.put(UnixFsData.file(0, Collections.nCopies(links.length, 0L), NONE), links);
        }
        assertThat(stored.cat(wide)).isEqualTo(done(new byte[0]));
        assertFails(stored.cat(wideWithOneByte(wide)), Problem.TOO_MANY);
        Cid between = stored.put(UnixFsData.file(10, List.of(5L, 0L, 0L, 5L), NONE), link(leaf), link(wide), link(wide),
                link(leaf));
        assertThat(stored.cat(between).orElseThrow()).isEqualTo(Names.bytes("hellohello"));
    }

    /** Nodes of many links, through each of which one byte is claimed. */
    private Cid wideWithOneByte(Cid empty) {
        Cid wide = stored.put(Multicodec.RAW, Bytes.fromHex("00"));
        for (int level = 0; level < 8; level++) {
            PbLink[] links = new PbLink[30_000];
            Arrays.fill(links, link(empty));
            links[0] = link(wide);
            List<Long> sizes = new ArrayList<>(Collections.nCopies(links.length, 0L));
            sizes.set(0, 1L);
            wide = stored.put(UnixFsData.file(1, sizes, NONE), links);
        }
        return wide;
    }

    @Test
    void aFileOfAnySizeFromFewBlocksIsReadAsFarAsAsked() {
        Cid zeros = stored.put(Multicodec.RAW, Bytes.copyOf(new byte[1 << 10]));
        long size = 1 << 10;
        for (int level = 0; level < 5; level++) {
            PbLink[] links = new PbLink[1 << 10];
            Arrays.fill(links, link(zeros));
            zeros = stored.put(UnixFsData.file(size << 10, Collections.nCopies(links.length, size), NONE), links);
            size <<= 10;
        }
        assertThat(stored.reader.entry(zeros).orElseThrow().size()).isEqualTo(1L << 60);
        assertThat(stored.cat(zeros, (1L << 59) + 5, (1L << 59) + 5000).orElseThrow())
                .isEqualTo(Bytes.copyOf(new byte[4995]));
    }

    @Test
    void aFailingStreamIsNoFailureOfTheFile() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("pipe is closed");
            }
        };
        Cid file = stored.put(Layout.UNIXFS_V1_2025.withChunkSize(10), Entry.file(1000)).cid();
        assertThatThrownBy(() -> stored.reader.cat(file, full)).isInstanceOf(IOException.class)
                .hasMessage("pipe is closed");
    }

    private static PbLink link(Cid cid) {
        return Stored.link("", cid);
    }

    private static Outcome<Bytes> done(byte[] content) {
        return new Outcome.Done<>(Bytes.copyOf(content));
    }

    private static void assertFails(Outcome<?> outcome, Problem problem) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class,
                failed -> assertThat(failed.failure().problem()).as(failed.toString()).isEqualTo(problem));
    }
}
