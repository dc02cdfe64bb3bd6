package io.pinfold.follower.adding;

import io.pinfold.follower.view.AddRequest;
import io.pinfold.follower.view.AddRequest.Goal;
import io.pinfold.follower.view.AddRequest.Layout;
import io.pinfold.follower.view.Added;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.PinOptions;
import io.pinfold.follower.view.Upload;
import io.pinfold.ipfsnode.unixfs.write.BlockSink;
import io.pinfold.ipfsnode.unixfs.write.FolderWriter;
import io.pinfold.ipfsnode.unixfs.write.Imported;
import io.pinfold.ipfsnode.unixfs.write.Importer;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What an upload becomes: its root, the records of its entries, and uploads that become nothing. */
class AddedTreesTest extends NodeAddingFixture {

    /** The same made by hand. */
    private static Cid byHand(io.pinfold.ipfsnode.unixfs.write.Layout layout, boolean wrap, UnixFsStat stat,
            UnixFsStat linkStat) throws Exception {
        try (Importer importer = new Importer(layout, BlockSink.NOWHERE)) {
            FolderWriter outer = importer.folder(stat);
            FolderWriter inner = importer.folder(stat);
            inner.add(bytes("x"),
                    importer.file(new ByteArrayInputStream("x".getBytes(StandardCharsets.UTF_8)), -1, stat));
            outer.add(bytes("inner"), inner.finish());
            outer.add(bytes("empty"), importer.folder(stat).finish());
            outer.add(bytes("y"), importer
                    .file(new ByteArrayInputStream("y".repeat(1000).getBytes(StandardCharsets.UTF_8)), -1, stat));
            outer.add(bytes("link"), importer.symlink(bytes("y"), linkStat));
            Imported root = outer.finish();
            if (wrap) {
                FolderWriter around = importer.folder(UnixFsStat.NONE);
                around.add(bytes("f"), root);
                root = around.finish();
            }
            return root.cid();
        }
    }

    private static Upload tree() {
        return upload(folder("f"), folder("f/inner"), file("f/inner/x", "x"), folder("f/empty"),
                file("f/y", "y".repeat(1000)),
                new Upload.Symlink(path("f/link"), STAT, bytes("y")));
    }

    @Test
    void treeHasTheRootThatTheImporterMakesWithAllOptions() throws Exception {
        var kubo = io.pinfold.ipfsnode.unixfs.write.Layout.UNIXFS_V0_2015;
        Goal goal = cluster(PinOptions.DEFAULT);
        assertThat(root(add(request(goal, false), tree())))
                .isEqualTo(byHand(kubo, false, UnixFsStat.NONE, UnixFsStat.NONE));
        assertThat(root(add(request(goal, true), tree())))
                .isEqualTo(byHand(kubo, true, UnixFsStat.NONE, UnixFsStat.NONE));
        Layout layout = new Layout(1, Multicodec.BLAKE3, 100, true);
        UnixFsStat time = new UnixFsStat(OptionalInt.empty(), STAT.mtime());
        assertThat(root(add(new AddRequest(goal, layout, true, true, true, false), tree())))
                .isEqualTo(byHand(
                        kubo.withCidVersion(1).withHash(Multicodec.BLAKE3).withChunkSize(100).withRawLeaves(true), true,
                        STAT, time));
    }

    @Test
    void recordsComeInsideOutAndTheRootLastWithItsHolders() {
        Goal goal = cluster(options(List.of(), io.pinfold.follower.view.Replication.between(1, 2)));
        Cid root = root(add(request(goal, true), upload(file("a/b/c", "1"), file("a/d", "2"), file("e", "3"))));
        assertThat(told.stream().map(added -> ((Added.Entry) added).name())).containsExactly("a/b/c", "a/b", "a/d", "a",
                "e", "");
        assertThat(told.getLast())
                .isEqualTo(new Added.Entry("", root, ((Added.Entry) told.getLast()).size(), List.of(SELF)));
    }

    @Test
    void fileWithoutANameIsCalledAsItsCid() {
        Cid root = root(add(request(cluster(PinOptions.DEFAULT), false), upload(file("", "text"))));
        assertThat(((Added.Entry) told.getLast()).name()).isEqualTo(root.toString());
        told.clear();
        root(add(request(cluster(PinOptions.DEFAULT), true), upload(file("", "text"))));
        assertThat(((Added.Entry) told.getFirst()).name()).isEqualTo(root.toString());
    }

    @Test
    void severalRootsAreRefusedForTheClusterBeforeTheSecondIsRead() {
        InputStream unread = InputStream.nullInputStream();
        Upload upload = upload(file("a", "1"), new Upload.File(path("b"), STAT, unread));
        assertThat(failure(add(request(cluster(PinOptions.DEFAULT), false), upload)).sentence())
                .contains("wrap-with-directory=true");
        assertThat(failure(add(request(cluster(PinOptions.DEFAULT), false), upload(file("a/b", "1"), file("b/c", "2"))))
                .sentence()).contains("side by side");
        assertThat(node.pins()).isEmpty();
    }

    @Test
    void whatCannotBeAFolderIsRefused() {
        Goal goal = cluster(PinOptions.DEFAULT);
        assertThat(failure(add(request(goal, true), upload(file("a", "1"), file("a", "2")))).sentence())
                .contains("two entries");
        assertThat(failure(add(request(goal, true), upload(file("a/b", "1"), file("c", "2"), file("a/d", "3"))))
                .sentence())
                .contains("two entries called a");
        assertThat(failure(add(request(goal, false), Upload.EMPTY)).sentence()).contains("no files");
        assertThat(failure(add(request(goal, true), upload(folder("")))).sentence()).contains("without a name");
        assertThat(failure(add(request(goal, true), upload(file("../x", "1")))).sentence()).contains("'..'");
        assertThat(failure(add(new AddRequest(goal, new Layout(1, 0x55555, 100, true), false, false, false, false),
                upload(file("a", "1"))))).isInstanceOf(Failure.Invalid.class);
        assertThat(node.pins()).isEmpty();
    }

    @Test
    void progressIsToldInSteps() {
        AddRequest request = new AddRequest(cluster(PinOptions.DEFAULT), Layout.DEFAULT, false, false, false, true);
        root(add(request, upload(file("a", "x".repeat(3_000_000)))));
        List<Long> steps = told.stream()
                .filter(Added.Progress.class::isInstance)
                .map(it -> ((Added.Progress) it).bytes())
                .toList();
        assertThat(steps).hasSize(3).isSorted().endsWith(3_000_000L);
    }
}
