package io.pinfold.ipfsnode.faults;

import io.pinfold.ipfs.UnpinOutcome;
import io.pinfold.ipfsnode.node.TestNode;
import io.pinfold.ipfsnode.pins.Pin;
import io.pinfold.ipfsnode.view.RepositoryView;
import io.pinfold.multiformats.Cid;
import java.io.IOException;

/** Ends pins and removes what nothing keeps, until it is killed. Arguments: the node's folder and then roots. */
final class CollectMain {

    private CollectMain() {}

    public static void main(String[] arguments) throws IOException {
        TestNode peer = ChildNode.open(arguments[0]);
        RepositoryView repository = peer.node().view().repository();
        ChildNode.begun();
        Thread watcher = Thread.ofPlatform().daemon().start(() -> tellOfEachRemoval(repository));
        for (int at = 1; at < arguments.length; at++) {
            Cid root = Cid.parse(arguments[at]).orElseThrow();
            ChildNode.would("unpin", root, Pin.ALL);
            if (!(peer.node().unpin(root, ChildNode.PINS) instanceof UnpinOutcome.Unpinned)) {
                throw new IllegalStateException(root + " cannot be unpinned");
            }
            ChildNode.did("unpin", root, Pin.ALL);
        }
        repository.collect();
        watcher.interrupt();
        ChildNode.ended();
    }

    private static void tellOfEachRemoval(RepositoryView repository) {
        long last = repository.usage().blocks();
        while (!Thread.currentThread().isInterrupted()) {
            long now = repository.usage().blocks();
            if (now == last) {
                Thread.onSpinWait();
            } else {
                ChildNode.step(now);
                last = now;
            }
        }
    }
}
