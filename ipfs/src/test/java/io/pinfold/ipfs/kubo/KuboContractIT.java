package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.BackendAddress;
import io.pinfold.ipfs.IpfsConfig;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.testing.IpfsNodeContract;
import io.pinfold.multiformats.Cid;
import io.pinfold.testkit.KuboNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A real Kubo keeps the contract. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KuboContractIT extends IpfsNodeContract {

    private final KuboNode daemon = KuboNode.start();
    private final KuboIpfsNode node = Fixture
            .node((BackendAddress.Kubo) BackendAddress.parse("ipfs://" + daemon.apiHostPort()).orElseThrow(),
                    IpfsConfig.DEFAULT);

    @BeforeAll
    void reachable() {
        got(node.identity());
    }

    @AfterAll
    void close() {
        node.close();
        daemon.close();
    }

    @Override
    protected IpfsNode node() {
        return node;
    }

    @Override
    protected void pinByHand(Cid cid, PinDepth.Kind depth, String name) {
        daemon.cli("pin", "add", "--recursive=" + (depth == PinDepth.Kind.RECURSIVE), "--name=" + name, cid.toString());
    }
}
