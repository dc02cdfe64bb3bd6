package io.pinfold.ipfsnode.unixfs;

import io.pinfold.ipfsnode.dag.CarExport;
import io.pinfold.ipfsnode.dag.CarImport;
import io.pinfold.ipfsnode.dag.Walk;
import io.pinfold.ipfsnode.unixfs.Entry.FileEntry;
import io.pinfold.ipfsnode.unixfs.Entry.FolderEntry;
import io.pinfold.ipfsnode.unixfs.read.Export;
import io.pinfold.ipfsnode.unixfs.write.Layout;
import io.pinfold.ipfsnode.unixfs.write.Sharding;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import io.pinfold.testkit.KuboNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Archives travel between our blocks and Kubo's, both ways, and hold what they held. */
class CarKuboIT {

    private static final Export.Limits PLENTY = new Export.Limits(1 << 30, 100_000);

    private static final FileEntry BIG = Entry.file(1_000_000);

    @TempDir
    Path folder;

    private final Stored stored = new Stored();

    @Test
    void archivesTravelBothWays() throws IOException {
        try (KuboNode kubo = KuboNode.start()) {
            kuboReadsOurs(kubo);
            weReadKubos(kubo);
        }
    }

    private void kuboReadsOurs(KuboNode kubo) throws IOException {
        FolderEntry ours = tree();
        Cid root = stored.put(Layout.KUBO_CID_V1.withSharding(Sharding.by(Sharding.Estimate.BLOCK)), ours).cid();
        Path archive = folder.resolve("ours.car");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive))) {
            assertThat(CarExport.run(stored.blocks, List.of(root), Walk.Limits.DEFAULT, out))
                    .isInstanceOf(CarExport.Result.Written.class);
        }
        assertThat(kubo.cli("dag", "import", archive.toString())).contains(root.toString());
        Path back = folder.resolve("back");
        kubo.cli("get", "-o", back.toString(), root.toString());
        assertThat(Files.readAllBytes(back.resolve("big")))
                .isEqualTo(BIG.content());
        assertThat(kubo.cli("ls", root + "/many").lines()).hasSize(3000);
        Path theirs = folder.resolve("same.car");
        export(kubo, root.toString(), theirs);
        assertThat(Files.mismatch(archive, theirs)).as("Kubo's archive of the same graph is ours").isEqualTo(-1);
    }

    private void weReadKubos(KuboNode kubo) throws IOException {
        Path source = Files.createDirectories(folder.resolve("source/inner"));
        Files.write(source.resolve("file"), new FileEntry(700_000, 7, UnixFsStat.NONE).content());
        Files.writeString(source.resolve("small"), "small");
        Files.createSymbolicLink(source.resolve("link"), Path.of("small"));
        String root = kubo.cli("add", "-rQ", "--cid-version=0", folder.resolve("source").toString()).strip();
        Path archive = folder.resolve("theirs.car");
        export(kubo, root, archive);
        Stored empty = new Stored();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
            assertThat(CarImport.run(in, empty.blocks::put)).isInstanceOfSatisfying(CarImport.Result.Stored.class,
                    done -> assertThat(done.roots()).hasToString("[" + root + "]"));
        }
        Path target = folder.resolve("target");
        Export.run(empty.reader, Cid.parse(root).orElseThrow(), target, PLENTY).orElseThrow();
        assertThat(Files.mismatch(target.resolve("inner/file"), source.resolve("file"))).isEqualTo(-1);
        assertThat(Files.readSymbolicLink(target.resolve("inner/link"))).isEqualTo(Path.of("small"));
    }

    /** Kubo's program prints archives as bytes, so they are fetched by RPC. */
    private static void export(KuboNode kubo, String root, Path target) throws IOException {
        HttpRequest request = HttpRequest
                .newBuilder(URI.create("http://" + kubo.apiHostPort() + "/api/v0/dag/export?arg=" + root))
                .POST(BodyPublishers.noBody())
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, BodyHandlers.ofFile(target)).statusCode())
                    .isEqualTo(200);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static FolderEntry tree() {
        FolderEntry many = Entry
                .folderOf(IntStream.range(0, 3000).mapToObj(i -> "a rather long name " + i + "x".repeat(90)).toList());
        FolderEntry tree = new FolderEntry(new LinkedHashMap<>(), UnixFsStat.NONE);
        return Entry.with(Entry.with(Entry.with(tree, "big", BIG), "many", many), "link",
                new Entry.LinkEntry("big", UnixFsStat.NONE));
    }
}
