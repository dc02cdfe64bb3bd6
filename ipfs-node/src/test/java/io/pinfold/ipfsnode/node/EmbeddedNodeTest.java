package io.pinfold.ipfsnode.node;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfs.BlockImport;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.ipfs.StatusOutcome;
import io.pinfold.ipfs.testing.IpfsNodeContract;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The embedded node keeps the contract. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedNodeTest extends IpfsNodeContract {

    private @Nullable TestNode subject;

    @BeforeAll
    void open(@TempDir Path folder) {
        subject = new TestNode(folder, EmbeddedNodeConfig.DEFAULT);
    }

    @AfterAll
    void close() {
        Objects.requireNonNull(subject).close();
    }

    @Override
    protected IpfsNode node() {
        return Objects.requireNonNull(subject).node;
    }

    @Override
    protected void pinByHand(Cid cid, PinDepth.Kind depth, String name) {
        PinDepth levels = depth == PinDepth.Kind.DIRECT ? new PinDepth.Direct() : new PinDepth.Recursive();
        assertThat(node().pin(new PinRequest(cid, levels, name, Optional.empty(), List.of(), Duration.ofSeconds(5)),
                (blocks, bytes) -> {})).isEqualTo(new PinOutcome.Pinned());
    }

    @Test
    void incompleteImportIsNotPinnedAndGoesAway() {
        Bytes text = data(500_000);
        Block leaf = new Block(Cid.raw(text), text);
        Block root = cborLinkTo(missing());
        try (BlockImport open = got(node().beginImport())) {
            assertThat(open.put(List.of(leaf, root))).isEqualTo(new Answer.Got<>(2));
            assertThat(kind(open.keep(root.cid(), MARK + "half"))).isEqualTo(Kind.NOT_FOUND);
        }
        assertThat(node().status(root.cid())).isEqualTo(new StatusOutcome.NotPinned());
        long patience = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (node().block(leaf.cid(), 1_000_000, Duration.ofSeconds(1), true) instanceof Answer.Got) {
            assertThat(System.nanoTime()).as("what nobody keeps is still here").isLessThan(patience);
        }
    }
}
