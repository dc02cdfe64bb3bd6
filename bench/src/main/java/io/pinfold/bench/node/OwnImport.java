package io.pinfold.bench.node;

import io.pinfold.ipfs.BlockImport;
import io.pinfold.ipfsnode.node.EmbeddedNode;
import io.pinfold.ipfsnode.node.ImportSink;
import io.pinfold.ipfsnode.unixfs.Outcome;
import io.pinfold.ipfsnode.unixfs.write.Imported;
import io.pinfold.ipfsnode.unixfs.write.Importer;
import io.pinfold.ipfsnode.unixfs.write.Layout;
import io.pinfold.ipfsnode.unixfs.write.PathImport;
import io.pinfold.ipfsnode.unixfs.write.PathOptions;
import io.pinfold.multiformats.Cid;
import java.nio.file.Path;
import java.util.List;

/** Imports a file or a folder into an embedded node and pins it. */
final class OwnImport {

    private OwnImport() {}

    static Cid run(EmbeddedNode node, Path path) {
        try (BlockImport open = NodeProcess.got(node.beginImport());
                Importer importer = new Importer(Layout.KUBO_CID_V1, new ImportSink(open))) {
            return switch (PathImport.run(importer, List.of(path), PathOptions.DEFAULT, PathImport.Progress.NONE)) {
                case Outcome.Failed<List<Imported>> failed -> throw new IllegalStateException(failed.toString());
                case Outcome.Done<List<Imported>>(List<Imported> made) ->
                    NodeProcess.got(open.keep(made.getFirst().cid(), NodeProcess.PIN_NAME));
            };
        }
    }
}
