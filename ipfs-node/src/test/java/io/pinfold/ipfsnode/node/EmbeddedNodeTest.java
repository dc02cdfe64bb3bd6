package io.pinfold.ipfsnode.node;

import io.pinfold.ipfs.IpfsNode;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.ipfs.testing.IpfsNodeContract;
import io.pinfold.multiformats.Cid;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
}
