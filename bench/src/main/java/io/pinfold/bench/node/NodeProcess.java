package io.pinfold.bench.node;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.ListOutcome;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.PinRequest;
import io.pinfold.ipfsnode.NoBlocks;
import io.pinfold.ipfsnode.ipns.PeerRecords;
import io.pinfold.ipfsnode.node.EmbeddedNode;
import io.pinfold.ipfsnode.node.EmbeddedNodeConfig;
import io.pinfold.ipfsnode.node.NodeOpening;
import io.pinfold.ipfsnode.node.NodeSurroundings;
import io.pinfold.ipfsnode.view.Reach;
import io.pinfold.libp2p.HostConfig;
import io.pinfold.libp2p.host.HostRuntime;
import io.pinfold.libp2p.host.TcpHost;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.key.PrivateKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process with one embedded node, told by lines on its standard input what to do: one line of work, one line of answer, which is
 * {@code ok} with a value or {@code error} with a message.
 */
public final class NodeProcess {

    /** The name of all pins. */
    static final String PIN_NAME = "bench";

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final EmbeddedNode node;

    private NodeProcess(EmbeddedNode node) {
        this.node = node;
    }

    /** Runs a node in the folder named by the only argument until its standard input ends. */
    public static void main(String[] arguments) throws Exception {
        var random = new SecureRandom();
        PrivateKey key = PrivateKey.generate(random);
        var listen = List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0").orElseThrow());
        try (TcpHost host = new TcpHost(key, HostConfig.DEFAULT.withListen(listen), HostRuntime.system())) {
            var with = new NodeSurroundings(Path.of(arguments[0]), key, host, Optional.empty(), PeerRecords.NONE,
                    NoBlocks.INSTANCE,
                    "pinfold/bench", Clock.systemUTC(), random);
            if (!(EmbeddedNode.open(with, EmbeddedNodeConfig.DEFAULT) instanceof NodeOpening.Open(EmbeddedNode node))) {
                throw new IOException("no node can be opened in " + arguments[0]);
            }
            try (node) {
                new NodeProcess(node).serve();
            }
        }
    }

    private void serve() throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            try {
                System.out.println("ok " + answer(words));
            } catch (Exception e) {
                System.out.println("error " + e);
            }
        }
    }

    private String answer(String[] words) throws Exception {
        return switch (words[0]) {
            case "address" -> got(node.identity()).addresses().getFirst().toString();
            case "import" -> OwnImport.run(node, Path.of(words[1])).toString();
            case "connect" -> got(node.connect(Multiaddr.parse(words[1]).orElseThrow(), PATIENCE)).toString();
            case "pin" -> Long.toString(pin(Files.readAllLines(Path.of(words[1])), Integer.parseInt(words[2])));
            case "pins" -> Long.toString(pins());
            case "cat" -> Long.toString(cat(Cid.parse(words[1]).orElseThrow()));
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private long pin(List<String> roots, int atATime) throws InterruptedException {
        var places = new Semaphore(atATime);
        var done = new AtomicLong();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String root : roots) {
                places.acquire();
                threads.execute(() -> {
                    try {
                        if (pin(Cid.parse(root).orElseThrow())) {
                            done.incrementAndGet();
                        }
                    } finally {
                        places.release();
                    }
                });
            }
        }
        if (done.get() != roots.size()) {
            throw new IllegalStateException(done + " of " + roots.size() + " roots were pinned");
        }
        return done.get();
    }

    private boolean pin(Cid root) {
        var request = new PinRequest(root, new PinDepth.Recursive(), PIN_NAME, Optional.empty(), List.of(), PATIENCE);
        return node.pin(request, (_, _) -> {}) instanceof PinOutcome.Pinned;
    }

    private long pins() {
        var count = new AtomicLong();
        if (!(node.list(PinDepth.Kind.RECURSIVE, _ -> count.incrementAndGet()) instanceof ListOutcome.Complete)) {
            throw new IllegalStateException("the list is not complete");
        }
        return count.get();
    }

    private long cat(Cid root) throws IOException {
        var out = new CountingOutput();
        got(node.view().files().cat(root, 0, Long.MAX_VALUE, Reach.HERE, out));
        return out.count;
    }

    static <T> T got(Answer<T> answer) {
        return switch (answer) {
            case Answer.Got<T>(T value) -> value;
            case Answer.Failed<T> failed -> throw new IllegalStateException(failed.toString());
        };
    }

    /** Counts what is written to it and forgets it. */
    private static final class CountingOutput extends OutputStream {

        private long count;

        @Override
        public void write(int octet) {
            count++;
        }

        @Override
        public void write(byte[] some, int from, int length) {
            count += length;
        }
    }
}
