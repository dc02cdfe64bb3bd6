package io.pinfold.ipfsnode.node;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.ipfsnode.bitswap.KuboFixture;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.dagpb.DagPb;
import io.pinfold.multiformats.unixfs.UnixFsData;
import io.pinfold.multiformats.unixfs.UnixFsType;
import io.pinfold.testkit.KuboNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one Kubo node has is pinned by an embedded node, and then by another Kubo node from the embedded one alone. Small amounts;
 * with the system property {@code full} a gigabyte, trees and folders of 20,000 files, and 3,000 roots.
 */
@Timeout(600)
class KuboPinsIT {

    private static final boolean FULL = System.getProperty("full") != null;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int AT_A_TIME = 10;
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private KuboNode first;
    private KuboNode second;
    private KuboFixture content;
    private TestNode own;

    @BeforeEach
    void start() {
        List<KuboNode> kubos = KuboNode.startAll(2);
        first = kubos.get(0);
        second = kubos.get(1);
        content = new KuboFixture(first, folder);
        own = new TestNode(folder.resolve("own"), EmbeddedNodeConfig.DEFAULT);
        own.node.connect(content.addresses().getFirst(), PATIENCE);
    }

    @AfterEach
    void close() {
        own.close();
        first.close();
        second.close();
    }

    @Test
    void aFile() throws Exception {
        bothWays(List.of(content.addFile(1, (FULL ? 1024 : 40) * MIB, 256 << 10)));
    }

    @Test
    void aTreeAndAShardedFolder() throws Exception {
        Cid tree = content.addTree(2, FULL ? 20_000 : 1_000, 1_000);
        Cid shards = content.addShards(3, FULL ? 20_000 : 8_000);
        bothWays(List.of(tree, shards));
        assertThat(typeOf(shards)).isEqualTo(UnixFsType.HAMT_SHARD);
    }

    @Test
    void manyRoots() throws Exception {
        bothWays(content.addRoots(4, FULL ? 3_000 : 300, 1_000));
    }

    private UnixFsType typeOf(Cid root) {
        if (!(own.node.block(root, Block.MAX_SIZE, PATIENCE, true) instanceof Answer.Got<Bytes>(Bytes data))) {
            throw new AssertionError(root + " is not here");
        }
        return UnixFsData.decode(DagPb.decode(data).orElseThrow().data().orElseThrow()).orElseThrow().type();
    }

    private void bothWays(List<Cid> roots) throws Exception {
        eachOf(roots, this::pinHere);
        first.close();
        second.cli("swarm", "connect", own.address().toString());
        eachOf(roots, root -> second.cli("pin", "add", root.toString()));
        List<String> pinned = second.cli("pin", "ls", "--type=recursive", "-q").lines().toList();
        assertThat(pinned).containsAll(roots.stream().map(Cid::toString).toList());
    }

    private void pinHere(Cid root) {
        var request = new PinRequest(root, new PinDepth.Recursive(), "test", Optional.empty(), List.of(), PATIENCE);
        assertThat(own.node.pin(request, (_, _) -> {})).as("%s", root).isEqualTo(new PinOutcome.Pinned());
    }

    private interface Work {
        void on(Cid root);
    }

    private static void eachOf(List<Cid> roots, Work work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<?>> all = roots.stream().<Future<?>>map(root -> threads.submit(() -> work.on(root))).toList();
            for (Future<?> one : all) {
                one.get();
            }
        }
    }
}
