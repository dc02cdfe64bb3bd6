package io.pinfold.bench.node;

import io.pinfold.testkit.KuboNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** A Kubo daemon, asked over its RPC; files are imported without the daemon, which is Kubo's fastest way. */
final class KuboSubject implements Subject {

    private static final int CHUNK = 1 << 20;

    private final KuboNode node = KuboNode.start();
    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    public String importPath(Path path) {
        return node.cli("add", "-r", "-Q", "--cid-version=1", path.toString()).strip();
    }

    /** Ends the daemon, so that imports have the repository for themselves. */
    void stop() {
        node.stop();
    }

    /** Starts it again. */
    void restart() {
        node.restart();
    }

    @Override
    public String address() {
        return node.swarmAddresses().getFirst();
    }

    @Override
    public void connect(String address) {
        node.cli("swarm", "connect", address);
    }

    @Override
    public void pin(List<String> roots, int atATime) throws Exception {
        var places = new Semaphore(atATime);
        List<Future<Long>> under = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String root : roots) {
                places.acquire();
                under.add(threads.submit(() -> {
                    try {
                        return length("pin/add?arg=" + root);
                    } finally {
                        places.release();
                    }
                }));
            }
        }
        for (Future<Long> one : under) {
            one.get();
        }
    }

    @Override
    public long pins() throws Exception {
        try (InputStream answer = call("pin/ls?type=recursive&stream=true")) {
            long lines = 0;
            byte[] chunk = new byte[CHUNK];
            for (int count = answer.read(chunk); count >= 0; count = answer.read(chunk)) {
                for (int i = 0; i < count; i++) {
                    lines += chunk[i] == '\n' ? 1 : 0;
                }
            }
            return lines;
        }
    }

    @Override
    public long cat(String root) throws Exception {
        return length("cat?arg=" + root);
    }

    private long length(String call) throws IOException, InterruptedException {
        try (InputStream answer = call(call)) {
            long length = 0;
            byte[] chunk = new byte[CHUNK];
            for (int count = answer.read(chunk); count >= 0; count = answer.read(chunk)) {
                length += count;
            }
            return length;
        }
    }

    private InputStream call(String call) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + node.apiHostPort() + "/api/v0/" + call))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            try (InputStream body = answer.body()) {
                throw new IllegalStateException(call + ": " + new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return answer.body();
    }

    @Override
    public long pid() {
        return node.pid();
    }

    @Override
    public void close() {
        client.close();
        node.close();
    }
}
