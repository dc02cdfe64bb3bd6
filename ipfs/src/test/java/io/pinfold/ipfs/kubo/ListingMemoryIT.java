package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.BackendAddress;
import io.pinfold.ipfs.IpfsConfig;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.testkit.ChildProcess;
import io.pinfold.testkit.JavaProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** A listing of 300,000 roots, 27 MB of answer, in a JVM with a heap of 32 MB. */
class ListingMemoryIT {

    private static final int ROOTS = 300_000;
    private static final int PER_CHUNK = 1000;

    @Test
    @Timeout(120)
    void longListingInASmallHeap() throws IOException {
        try (ScriptedServer server = new ScriptedServer((request, wire) -> send(wire));
                ChildProcess child = JavaProcess.start(List.of("-Xmx32m"), Lister.class, server.address().toString())) {
            assertThat(child.awaitLine(line -> line.startsWith("listed"), Duration.ofSeconds(100)))
                    .startsWith("listed Complete[roots=" + ROOTS + "]");
        }
    }

    private static void send(ScriptedServer.Wire wire) throws IOException {
        String line = "{\"Cid\":\"" + Fixture.cid("x") + "\",\"Type\":\"recursive\"}\n";
        String chunk = line.repeat(PER_CHUNK).stripTrailing();
        wire.begin();
        for (int i = 0; i < ROOTS / PER_CHUNK; i++) {
            wire.chunks(chunk);
        }
        wire.end("");
    }

    /** The child. */
    static final class Lister {

        public static void main(String[] args) {
            BackendAddress.Kubo address = (BackendAddress.Kubo) BackendAddress.parse(args[0]).orElseThrow();
            AtomicLong seen = new AtomicLong();
            try (KuboIpfsNode node = Fixture.node(address, IpfsConfig.DEFAULT)) {
                long start = System.nanoTime();
                Object outcome = node.list(PinDepth.Kind.RECURSIVE, cid -> seen.incrementAndGet());
                System.out.println("listed " + outcome + " in " + (System.nanoTime() - start) / 1_000_000 + " ms");
            }
        }
    }
}
