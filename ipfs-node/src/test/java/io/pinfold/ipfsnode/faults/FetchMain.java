package io.pinfold.ipfsnode.faults;

import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.ipfsnode.node.TestNode;
import io.pinfold.ipfsnode.pins.Pin;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Pins graphs that another node has until it is killed. Arguments: the node's folder, the other's address, and then roots and
 * depths by turns.
 */
final class FetchMain {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private FetchMain() {}

    public static void main(String[] arguments) throws IOException {
        TestNode peer = ChildNode.open(arguments[0]);
        Multiaddr origin = Multiaddr.parse(arguments[1]).orElseThrow();
        ChildNode.got(peer.node().connect(origin, PATIENCE));
        for (int at = 2; at < arguments.length; at += 2) {
            ChildNode.begun();
            pin(peer, origin, Cid.parse(arguments[at]).orElseThrow(), Integer.parseInt(arguments[at + 1]));
        }
        ChildNode.ended();
    }

    private static void pin(TestNode peer, Multiaddr origin, Cid root, int depth) {
        PinDepth levels = depth == Pin.ALL ? new PinDepth.Recursive() : new PinDepth.Limited(depth);
        ChildNode.would("pin", root, depth);
        PinOutcome outcome = peer.node()
                .pin(new PinRequest(root, levels, ChildNode.PINS, Optional.empty(), List.of(origin), PATIENCE),
                        (blocks, _) -> ChildNode.step(blocks));
        if (outcome instanceof PinOutcome.Failed) {
            throw new IllegalStateException(outcome.toString());
        }
        ChildNode.did("pin", root, depth);
    }
}
