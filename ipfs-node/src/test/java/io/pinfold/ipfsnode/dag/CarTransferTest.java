package io.pinfold.ipfsnode.dag;

import io.pinfold.ipfsnode.Blockstore.Put;
import io.pinfold.ipfsnode.dag.Walk.Limits;
import io.pinfold.ipfsnode.dag.Walk.Reason;
import io.pinfold.ipfsnode.testing.InMemoryBlockstore;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.cbor.CborValue;
import io.pinfold.multiformats.cbor.CborValue.CborLink;
import io.pinfold.multiformats.cbor.CborValue.CborList;
import io.pinfold.multiformats.cbor.DagCbor;
import io.pinfold.multiformats.testing.TestCids;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CarTransferTest {

    private final InMemoryBlockstore blocks = new InMemoryBlockstore();
    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();

    @Test
    void whatIsExportedIsImported() throws IOException {
        Cid root = folder(3000);
        assertThat(export(root)).isEqualTo(new CarExport.Result.Written(3001, blocks.usage().bytes(), 0));
        InMemoryBlockstore other = new InMemoryBlockstore();
        assertThat(importInto(other))
                .isEqualTo(new CarImport.Result.Stored(List.of(root), 3001, blocks.usage().bytes()));
        assertThat(other.usage()).isEqualTo(blocks.usage());
    }

    @Test
    void aMissingBlockEndsTheExport() throws IOException {
        Cid root = folder(3);
        blocks.remove(List.of(TestCids.cid(1).hash()));
        assertThat(export(root)).isInstanceOfSatisfying(CarExport.Result.Stuck.class, stuck -> {
            assertThat(stuck.where().cid()).isEqualTo(TestCids.cid(1));
            assertThat(stuck.where().reason()).isEqualTo(Reason.MISSING);
        });
    }

    @Test
    void unknownCodecsAreExportedAndCounted() throws IOException {
        Bytes data = TestCids.block(1);
        Cid git = Cid.v1(0x78, TestCids.cid(1).hash());
        blocks.put(List.of(new Block(git, data)));
        assertThat(export(git)).isEqualTo(new CarExport.Result.Written(1, data.size(), 1));
    }

    @Test
    void aFullStoreAndABadArchiveEndTheImport() throws IOException {
        export(folder(3000));
        InMemoryBlockstore small = new InMemoryBlockstore();
        small.limitTo(10_000);
        assertThat(importInto(small)).isInstanceOfSatisfying(CarImport.Result.NotStored.class,
                result -> assertThat(result.reason()).isInstanceOf(Put.Full.class));
        archive.write(7);
        assertThat(importInto(new InMemoryBlockstore())).isInstanceOf(CarImport.Result.Refused.class);
    }

    private Cid folder(int size) {
        for (int i = 0; i < size; i++) {
            blocks.put(List.of(new Block(TestCids.cid(i), TestCids.block(i))));
        }
        Bytes node = DagCbor.encode(new CborList(IntStream.range(0, size)
                .<CborValue>mapToObj(i -> new CborLink(TestCids.cid(i)))
                .toList()));
        blocks.put(List.of(new Block(Cid.dagCbor(node), node)));
        return Cid.dagCbor(node);
    }

    private CarExport.Result export(Cid root) throws IOException {
        return CarExport.run(blocks, List.of(root), Limits.DEFAULT, archive);
    }

    private CarImport.Result importInto(InMemoryBlockstore store) throws IOException {
        return CarImport.run(new ByteArrayInputStream(archive.toByteArray()), store::put);
    }
}
