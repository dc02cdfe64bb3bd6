package io.pinfold.ipfsnode.unixfs;

import io.pinfold.ipfsnode.testing.InMemoryBlockstore;
import io.pinfold.ipfsnode.unixfs.read.UnixFsReader;
import io.pinfold.ipfsnode.unixfs.write.Imported;
import io.pinfold.ipfsnode.unixfs.write.Importer;
import io.pinfold.ipfsnode.unixfs.write.Layout;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.dagpb.DagPb;
import io.pinfold.multiformats.dagpb.PbLink;
import io.pinfold.multiformats.dagpb.PbNode;
import io.pinfold.multiformats.unixfs.UnixFsData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Blocks in memory, honest ones and forged ones. */
final class Stored {

    final InMemoryBlockstore blocks = new InMemoryBlockstore();
    final UnixFsReader reader = new UnixFsReader(blocks::find);

    Imported put(Layout layout, Entry entry) {
        try (Importer importer = new Importer(layout, blocks::put)) {
            return Outcome.attempt(() -> {
                Imported imported = entry.into(importer);
                importer.flush();
                return imported;
            }).orElseThrow();
        }
    }

    /** The block of {@code data} in {@code codec}. */
    Cid put(long codec, Bytes data) {
        Cid cid = Cid.v1(codec, Multihash.sha256(data));
        blocks.put(List.of(new Block(cid, data)));
        return cid;
    }

    /** A node with this message and these links, whatever they claim. */
    Cid put(UnixFsData data, PbLink... links) {
        return put(data.encode(), links);
    }

    Cid put(Bytes data, PbLink... links) {
        return put(Multicodec.DAG_PB, DagPb.encode(new PbNode(List.of(links), Optional.of(data))));
    }

    static PbLink link(String name, Cid cid) {
        return new PbLink(cid, Optional.of(Names.bytes(name)), OptionalLong.of(1));
    }

    Outcome<Bytes> cat(Cid cid, long from, long to) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            return switch (reader.cat(cid, from, to, out)) {
                case Outcome.Failed<?>(UnixFsFailure failure) -> new Outcome.Failed<>(failure);
                case Outcome.Done<?> _ -> new Outcome.Done<>(Bytes.copyOf(out.toByteArray()));
            };
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Outcome<Bytes> cat(Cid cid) {
        return cat(cid, 0, Long.MAX_VALUE);
    }
}
