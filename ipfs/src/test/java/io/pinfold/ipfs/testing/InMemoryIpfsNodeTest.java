package io.pinfold.ipfs.testing;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.ipfs.ListOutcome;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InMemoryIpfsNodeTest extends IpfsNodeContract {

    private final InMemoryNetwork network = new InMemoryNetwork();
    private final InMemoryIpfsNode node = new InMemoryIpfsNode(network, 1);

    @Override
    protected IpfsNode node() {
        return node;
    }

    @Override
    protected void pinByHand(Cid cid, PinDepth.Kind depth, String name) {
        node.pinByHand(cid, depth, name);
    }

    @Test
    void contentComesFromConnectedNodesOnly() {
        InMemoryIpfsNode other = new InMemoryIpfsNode(network, 2);
        Bytes data = data(10);
        Cid cid = Cid.raw(data);
        other.putBlocks(List.of(new Block(cid, data)));
        assertThat(kind(node.block(cid, 10, java.time.Duration.ofMillis(10), false))).isEqualTo(Kind.TIMEOUT);
        got(node.connect(got(other.identity()).addresses().getFirst(), java.time.Duration.ofSeconds(1)));
        assertThat(pin(cid, new PinDepth.Recursive(), "x")).isEqualTo(new PinOutcome.Pinned());
    }

    @Test
    void faultsHappenAsOftenAsAskedFor() {
        node.faults().failNext(Operation.INFO, Kind.REFUSED, 2);
        assertThat(kind(node.identity())).isEqualTo(Kind.REFUSED);
        assertThat(kind(node.identity())).isEqualTo(Kind.REFUSED);
        assertThat(node.identity()).isInstanceOf(Answer.Got.class);
        node.faults().away();
        assertThat(kind(node.identity())).isEqualTo(Kind.UNREACHABLE);
        node.faults().clear();
        assertThat(node.identity()).isInstanceOf(Answer.Got.class);
    }

    @Test
    void heldCallsWaitForTheGate() throws Exception {
        Cid cid = content();
        Gate gate = node.faults().hold(Operation.PIN);
        CompletableFuture<PinOutcome> outcome = CompletableFuture
                .supplyAsync(() -> pin(cid, new PinDepth.Recursive(), "x"), task -> Thread.ofVirtual().start(task));
        gate.awaitWaiting(1);
        assertThat(outcome).isNotDone();
        gate.open();
        assertThat(outcome.get(20, TimeUnit.SECONDS)).isEqualTo(new PinOutcome.Pinned());
    }

    @Test
    void listingsCanBeCutShort() {
        for (int i = 0; i < 3; i++) {
            pin(content(), new PinDepth.Recursive(), "x");
        }
        node.faults().cutListingsAfter(2);
        assertThat(node.list(PinDepth.Kind.RECURSIVE, cid -> {})).isInstanceOfSatisfying(ListOutcome.Incomplete.class,
                cut -> assertThat(cut.roots()).isEqualTo(2));
    }

    @Test
    void closeEndsWhatWaits() throws Exception {
        Gate gate = node.faults().hold(Operation.PIN);
        CompletableFuture<PinOutcome> outcome = CompletableFuture
                .supplyAsync(() -> pin(missing(), new PinDepth.Recursive(), "x"),
                        task -> Thread.ofVirtual().start(task));
        gate.awaitWaiting(1);
        node.close();
        assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOfSatisfying(PinOutcome.Failed.class,
                failed -> assertThat(failed.failure().kind()).isEqualTo(Kind.CANCELLED));
    }
}
