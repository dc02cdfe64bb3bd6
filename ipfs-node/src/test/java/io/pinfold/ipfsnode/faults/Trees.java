package io.pinfold.ipfsnode.faults;

import io.pinfold.ipfsnode.unixfs.UnixFsException;
import io.pinfold.ipfsnode.unixfs.write.BlockSink;
import io.pinfold.ipfsnode.unixfs.write.FolderWriter;
import io.pinfold.ipfsnode.unixfs.write.Importer;
import io.pinfold.ipfsnode.unixfs.write.Layout;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Makes folders of files by the importer that a peer uses: most files are rows of a database, some are files of their own, a
 * few have several blocks. Half of them are in every tree.
 */
final class Trees {

    private static final int SMALL = 2_000;
    private static final int MEDIUM = 40_000;
    private static final int LARGE = 700_000;
    private static final int MEDIUM_EVERY = 20;
    private static final int LARGE_EVERY = 400;

    private Trees() {}

    /** Gives the blocks of tree {@code number}, which has so many files, to {@code sink}; the root. */
    static Cid make(long number, int files, BlockSink sink) {
        try (Importer importer = new Importer(Layout.KUBO_CID_V1, sink)) {
            FolderWriter tree = importer.folder(UnixFsStat.NONE);
            for (int folder = 0; folder < 2; folder++) {
                RandomGenerator random = new SplittableRandom(folder == 0 ? 0 : number + 1);
                FolderWriter inside = importer.folder(UnixFsStat.NONE);
                for (int file = 0; file < files / 2; file++) {
                    byte[] content = new byte[size(random, file)];
                    random.nextBytes(content);
                    inside.add(name("file " + file),
                            importer.file(new ByteArrayInputStream(content), content.length, UnixFsStat.NONE));
                }
                tree.add(name("folder " + folder), inside.finish());
            }
            Cid root = tree.finish().cid();
            importer.flush();
            return root;
        } catch (UnixFsException e) {
            throw new IllegalStateException(e.failure().toString(), e);
        }
    }

    private static int size(RandomGenerator random, int file) {
        int most = file % LARGE_EVERY == LARGE_EVERY / 2 ? LARGE : file % MEDIUM_EVERY == 1 ? MEDIUM : SMALL;
        return random.nextInt(most / 2, most);
    }

    private static Bytes name(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }
}
