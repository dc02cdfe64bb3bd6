package io.pinfold.api;

import io.pinfold.follower.assembly.StandaloneNode;
import io.pinfold.follower.config.folder.SwarmKeyFile;
import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BlockImport;
import io.pinfold.ipfsnode.Blockstore.Put;
import io.pinfold.ipfsnode.node.EmbeddedNodeConfig;
import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.ipfsnode.unixfs.write.FolderWriter;
import io.pinfold.ipfsnode.unixfs.write.Imported;
import io.pinfold.ipfsnode.unixfs.write.Importer;
import io.pinfold.ipfsnode.unixfs.write.Layout;
import io.pinfold.ipfsnode.view.NodeView;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.dagpb.DagPb;
import io.pinfold.multiformats.dagpb.PbLink;
import io.pinfold.multiformats.dagpb.PbNode;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** An embedded node with a small tree, pinned as {@code mine}, a block that no pin keeps, and a graph that never ends. */
public final class SmallNode implements AutoCloseable {

    /** There is no such file, so the network is the open one. */
    public static final SwarmKeyFile NO_NETWORK = SwarmKeyFile.in(Path.of("no", "such", "folder"));

    /** Bytes of the large file, in chunks of {@link #CHUNK}. */
    public static final int LARGE = 10_500;
    /** The size of a chunk. */
    public static final int CHUNK = 1_000;
    /** The file {@code a.txt}. */
    public static final String HELLO = "hello\n";
    private static final int LEVELS = 40;

    /** The node. */
    public final StandaloneNode holder;
    /** The folder: {@code a.txt}, {@code large}, {@code link}, {@code sub/ü.txt}. */
    public final Cid root;
    /** The file in it. */
    public final Cid hello;
    /** The large file in it. */
    public final Cid large;
    /** A block without a pin. */
    public final Cid loose;
    /** The root of a graph of few blocks, each linked twice by the one above: 2^40 with duplicates. */
    public final Cid bomb;

    public SmallNode() {
        try {
            holder = StandaloneNode.open("0.1.0", EmbeddedNodeConfig.DEFAULT, NO_NETWORK, InstantSource.system());
            loose = put(Bytes.copyOf("loose".getBytes(StandardCharsets.UTF_8)), true);
            bomb = bomb();
            try (BlockImport session = got(view().node().beginImport());
                    Importer importer = new Importer(Layout.KUBO_CID_V1.withChunkSize(CHUNK),
                            blocks -> session.put(blocks) instanceof Answer.Got
                                    ? new Put.Stored(1)
                                    : new Put.Failed("no"))) {
                FolderWriter folder = importer.folder(UnixFsStat.NONE);
                Imported small = file(importer, HELLO.getBytes(StandardCharsets.UTF_8));
                Imported big = file(importer, largeContent());
                FolderWriter below = importer.folder(UnixFsStat.NONE);
                below.add(name("ü.txt"), file(importer, "deep".getBytes(StandardCharsets.UTF_8)));
                folder.add(name("a.txt"), small);
                folder.add(name("large"), big);
                folder.add(name("link"), importer.symlink(name("a.txt"), UnixFsStat.NONE));
                folder.add(name("sub"), below.finish());
                root = folder.finish().cid();
                importer.flush();
                got(session.keep(root, "mine"));
                hello = small.cid();
                large = big.cid();
            }
        } catch (IOException | UnixFsException e) {
            throw new AssertionError(e);
        }
    }

    /** The node, looked into. */
    public NodeView view() {
        return holder.inside().orElseThrow();
    }

    /** The content of the large file. */
    public static byte[] largeContent() {
        byte[] content = new byte[LARGE];
        new Random(7).nextBytes(content);
        return content;
    }

    private Cid bomb() {
        Cid below = put(Bytes.copyOf(new byte[5_000]), true);
        for (int level = 0; level < LEVELS; level++) {
            PbLink link = new PbLink(below, Optional.of(Bytes.EMPTY), OptionalLong.of(1));
            below = put(DagPb.encode(new PbNode(List.of(link, link), Optional.of(Bytes.copyOf(new byte[]{8, 1})))),
                    false);
        }
        return below;
    }

    private Cid put(Bytes data, boolean raw) {
        Cid cid = raw
                ? Cid.raw(data)
                : Cid.v1(Multicodec.DAG_PB,
                        Multihash.sha256(data));
        got(view().node().putBlocks(List.of(new Block(cid, data))));
        return cid;
    }

    private static Imported file(Importer importer, byte[] content) throws UnixFsException {
        return importer.file(new ByteArrayInputStream(content), content.length, UnixFsStat.NONE);
    }

    private static Bytes name(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    private static <T> T got(Answer<T> answer) {
        if (answer instanceof Answer.Got<T>(T value)) {
            return value;
        }
        throw new AssertionError(answer.toString());
    }

    @Override
    public void close() {
        holder.close();
    }
}
