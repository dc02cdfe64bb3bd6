package io.pinfold.ipfsnode.unixfs;

import io.pinfold.ipfsnode.Blockstore.Put;
import io.pinfold.ipfsnode.unixfs.UnixFsFailure.Problem;
import io.pinfold.ipfsnode.unixfs.read.Export;
import io.pinfold.ipfsnode.unixfs.write.BlockSink;
import io.pinfold.ipfsnode.unixfs.write.Imported;
import io.pinfold.ipfsnode.unixfs.write.Importer;
import io.pinfold.ipfsnode.unixfs.write.Layout;
import io.pinfold.ipfsnode.unixfs.write.PathImport;
import io.pinfold.ipfsnode.unixfs.write.PathImport.Progress;
import io.pinfold.ipfsnode.unixfs.write.PathOptions;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.dagpb.PbLink;
import io.pinfold.multiformats.unixfs.UnixFsData;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** From disk into blocks and back. The roots are those that Kubo's program gave for the same files. */
class DiskTest {

    private static final PathOptions ALL = new PathOptions(true, false, false, true, true, UnixFsStat.NONE);
    private static final Export.Limits PLENTY = new Export.Limits(1 << 20, 1000);

    @TempDir
    Path folder;

    private final Stored stored = new Stored();
    private Path d = Path.of("");

    @BeforeEach
    void makeFiles() throws IOException {
        d = Files.createDirectories(folder.resolve("d"));
        Files.createDirectories(d.resolve("sub"));
        Files.createDirectories(d.resolve("empty"));
        file("a", "hello");
        file("e", "");
        file(".h", "hid\n");
        file("sub/x", "x\n");
        Files.createSymbolicLink(d.resolve("l"), Path.of("a"));
        Files.setPosixFilePermissions(d.resolve("a"), PosixFilePermissions.fromString("rw-r-----"));
        Files.setPosixFilePermissions(d.resolve("sub"), PosixFilePermissions.fromString("rwxr-x---"));
        for (String name : List.of("a", "sub/x", "sub", "e", "empty", "")) {
            Files.setLastModifiedTime(d.resolve(name), FileTime.from(Instant.parse("2020-01-02T03:04:05.678Z")));
        }
    }

    @Test
    void optionsAreThoseOfKubo() {
        assertRoot("QmRrBepcHxLHpmeiHi9YAvW7BaXMoER1JV4SLpTaR6pgLx", PathOptions.DEFAULT, d);
        assertRoot("QmYhqF5FSbKX7Y3kf4fxGfhS82ZtZev3SWJzy36e51yt5y", PathOptions.DEFAULT.wrapped(), d);
        assertRoot("QmYHPmj1mBp9wwmjkmCKComSsDgio2WAiN2c1W5mHfzJXU", PathOptions.DEFAULT.wrapped(), d.resolve("a"),
                d.resolve("sub/x"));
        assertRoot("Qma2j8sNK1DgFzDkos9bStS1StLeH5dmB8MG1ZRszvDvRH",
                new PathOptions(true, false, false, false, false, UnixFsStat.NONE), d);
        assertRoot("QmYMt1cWdUNttrdC12vyWMibPVCnihDKBFybquBifYwhk2",
                new PathOptions(false, false, true, false, false,
                        new UnixFsStat(OptionalInt.of(0644), Optional.of(Instant.ofEpochSecond(9)))),
                d.resolve("sub"));
        assertRoot("QmSjwuQC95jZLLUydxm8iAy3PvxHYpHkM683z2afGWsoQ8",
                new PathOptions(false, true, true, false, false, UnixFsStat.NONE), d.resolve("l"));
        assertRoot("QmPU7aeSSmUiPxkXf6gZtWgvhSPrePokdBjwRUmyNpN91S",
                new PathOptions(false, false, false, true, false, UnixFsStat.NONE), d.resolve("a"));
    }

    @Test
    void setIdBitsAreNoted() throws IOException {
        file("s", "abc");
        Files.setAttribute(d.resolve("s"), "unix:mode", 07711);
        Cid cid = importAll(new PathOptions(false, false, false, true, false, UnixFsStat.NONE), d.resolve("s"));
        assertThat(stored.blocks.find(cid)).asString().contains("0a0c08021203616263180338c91f");
    }

    @Test
    void exportGivesBackWhatWasImported() throws IOException {
        Cid root = importAll(ALL, d);
        Path back = folder.resolve("back");
        assertThat(Export.run(stored.reader, root, back, PLENTY)).isEqualTo(new Outcome.Done<>(11L));
        assertThat(importAll(ALL, back)).isEqualTo(root);
        assertThat(Files.readSymbolicLink(back.resolve("l"))).isEqualTo(Path.of("a"));
        assertThat(Files.readString(back.resolve("sub/x"))).isEqualTo("x\n");
        assertThat(Export.run(stored.reader, root, back, PLENTY)).isInstanceOf(Outcome.Failed.class);
        assertThat(Export.run(stored.reader, importAll(ALL, d.resolve("a")), folder.resolve("one"), PLENTY))
                .isEqualTo(new Outcome.Done<>(5L));
    }

    @Test
    void importedModesHaveNoSetIdBitsWhenExported() throws IOException {
        Cid file = stored
                .put(UnixFsData.leaf(Names.bytes("x"), new UnixFsStat(OptionalInt.of(07755), Optional.empty())));
        Export.run(stored.reader, file, folder.resolve("x"), PLENTY).orElseThrow();
        assertThat((Integer) Files.getAttribute(folder.resolve("x"), "unix:mode") & 07777).isEqualTo(0755);
    }

    @Test
    void namesThatLeadElsewhereAreNotWritten() throws IOException {
        Cid leaf = stored.put(Multicodec.RAW, Names.bytes("evil"));
        for (String bad : List.of("../evil", "/tmp/evil", "..", ".", "", "a/b", "x\0")) {
            Path target = folder.resolve("bad");
            assertFails(export(target, Stored.link(bad, leaf)), Problem.BAD_NAME);
            Files.delete(target);
        }
        PbLink noUtf8 = new PbLink(leaf, Optional.of(Bytes.fromHex("ff")), OptionalLong.empty());
        assertFails(export(folder.resolve("bytes"), noUtf8), Problem.BAD_NAME);
        assertThat(folder.resolve("evil")).doesNotExist();
    }

    @Test
    void symbolicLinksAreNotFollowedOut() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Cid link = stored.put(UnixFsData.symlink(Names.bytes(outside.toString()), UnixFsStat.NONE));
        Cid leaf = stored.put(Multicodec.RAW, Names.bytes("evil"));
        Cid inner = stored.put(UnixFsData.folder(UnixFsStat.NONE), Stored.link("f", leaf));
        assertFails(export(folder.resolve("t1"), Stored.link("x", link), Stored.link("x", inner)), Problem.UNWRITABLE);
        Cid toFile = stored.put(UnixFsData.symlink(Names.bytes("../outside/new"), UnixFsStat.NONE));
        assertFails(export(folder.resolve("t2"), Stored.link("x", toFile), Stored.link("x", leaf)), Problem.UNWRITABLE);
        Cid nul = stored.put(UnixFsData.symlink(Names.bytes("a\0b"), UnixFsStat.NONE));
        assertFails(export(folder.resolve("t3"), Stored.link("x", nul)), Problem.BAD_NAME);
        assertThat(outside).isEmptyDirectory();
        assertThat(Files.isSymbolicLink(folder.resolve("t1/x"))).isTrue();
    }

    @Test
    void whatIsWrittenIsBounded() throws IOException {
        Cid root = importAll(ALL, d);
        assertFails(Export.run(stored.reader, root, folder.resolve("b1"), new Export.Limits(10, 100)),
                Problem.TOO_LARGE);
        assertFails(Export.run(stored.reader, root, folder.resolve("b2"), new Export.Limits(100, 7)), Problem.TOO_MANY);
        Cid bomb = stored.put(UnixFsData.folder(UnixFsStat.NONE));
        for (int level = 0; level < 6; level++) {
            PbLink[] links = new PbLink[10];
            for (int i = 0; i < links.length; i++) {
                links[i] = Stored.link("n" + i, bomb);
            }
            bomb = stored.put(UnixFsData.folder(UnixFsStat.NONE), links);
        }
        assertFails(Export.run(stored.reader, bomb, folder.resolve("b3"), PLENTY), Problem.TOO_MANY);
        Cid deep = stored.put(UnixFsData.folder(UnixFsStat.NONE));
        for (int level = 0; level < 300; level++) {
            deep = stored.put(UnixFsData.folder(UnixFsStat.NONE), Stored.link("n", deep));
        }
        assertFails(Export.run(stored.reader, deep, folder.resolve("b4"), PLENTY), Problem.TOO_DEEP);
    }

    @Test
    void whatCannotBeImportedIsNamed() throws IOException {
        assertFails(run(PathOptions.DEFAULT, d.resolve("missing")), Problem.UNREADABLE);
        Path device = Path.of("/dev/null");
        assertFails(run(PathOptions.DEFAULT, device), Problem.UNREADABLE);
        Path deep = folder.resolve("deep");
        for (int i = 0; i < 260; i++) {
            deep = deep.resolve("n");
        }
        Files.createDirectories(deep);
        assertFails(run(PathOptions.DEFAULT, folder.resolve("deep")), Problem.TOO_DEEP);
        assertFails(run(PathOptions.DEFAULT.wrapped(), d.resolve("a"), d.resolve("a")), Problem.BAD_NAME);
    }

    @Test
    void aFullOrFailingStoreEndsTheImport() throws IOException {
        byte[] large = new byte[20 << 20];
        new SplittableRandom(1).nextBytes(large);
        Files.write(d.resolve("large"), large);
        stored.blocks.limitTo(5 << 20);
        assertFails(run(PathOptions.DEFAULT, d), Problem.STORE_FULL);
        BlockSink failing = _ -> new Put.Failed("disk is gone");
        try (Importer importer = new Importer(Layout.UNIXFS_V0_2015, failing)) {
            assertFails(PathImport.run(importer, List.of(d.resolve("a")), PathOptions.DEFAULT, Progress.NONE),
                    Problem.STORE_FAILED);
        }
    }

    @Test
    void progressHearsOfEachEntry() {
        List<Path> heard = new ArrayList<>();
        try (Importer importer = new Importer(Layout.UNIXFS_V0_2015, BlockSink.NOWHERE)) {
            PathImport.run(importer, List.of(d.resolve("sub")), PathOptions.DEFAULT, (path, _) -> heard.add(path))
                    .orElseThrow();
        }
        assertThat(heard).containsExactly(d.resolve("sub/x"), d.resolve("sub"));
    }

    private Outcome<Long> export(Path target, PbLink... links) {
        return Export.run(stored.reader, stored.put(UnixFsData.folder(UnixFsStat.NONE), links), target, PLENTY);
    }

    private Outcome<List<Imported>> run(PathOptions options, Path... paths) {
        try (Importer importer = new Importer(Layout.UNIXFS_V0_2015, stored.blocks::put)) {
            return PathImport.run(importer, List.of(paths), options, Progress.NONE);
        }
    }

    private Cid importAll(PathOptions options, Path... paths) {
        return run(options, paths).orElseThrow().getFirst().cid();
    }

    private void assertRoot(String root, PathOptions options, Path... paths) {
        assertThat(importAll(options, paths)).hasToString(root);
    }

    private void file(String name, String content) throws IOException {
        Path file = Files.writeString(d.resolve(name), content);
        assertThat(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    private static void assertFails(Outcome<?> outcome, Problem problem) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class,
                failed -> assertThat(failed.failure().problem()).as(failed.toString()).isEqualTo(problem));
    }
}
