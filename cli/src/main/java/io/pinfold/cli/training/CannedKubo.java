package io.pinfold.cli.training;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers like Kubo's RPC as far as a peer asks: nothing is pinned, and all can be. */
final class CannedKubo implements AutoCloseable {

    private static final String PEER = "12D3KooWBSfdK7ypRVYqhqEFt66rWJZFH3GYXxVs7qo3Pmp2Fykk";
    private static final Pattern ARGUMENT = Pattern.compile("arg=([^&]*)");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    CannedKubo() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", CannedKubo::answer);
        server.start();
    }

    /** As the option {@code --pinning} takes it. */
    String address() {
        return "ipfs://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            Matcher argument = ARGUMENT.matcher(query);
            String cid = argument.find() ? argument.group(1) : "";
            boolean missing = exchange.getRequestURI().getPath().endsWith("/pin/ls") && !cid.isEmpty();
            String body = missing
                    ? "{\"Message\":\"path '%s' is not pinned\",\"Code\":0,\"Type\":\"error\"}".formatted(cid)
                    : body(exchange.getRequestURI().getPath(), cid);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("Trailer", "X-Stream-Error");
            exchange.sendResponseHeaders(missing ? 500 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String body(String path, String cid) {
        return switch (path) {
            case "/api/v0/version" -> "{\"Version\":\"0.43.0\"}";
            case "/api/v0/id" -> "{\"ID\":\"%s\",\"Addresses\":[]}".formatted(PEER);
            case "/api/v0/pin/add" -> "{\"Progress\":1,\"Bytes\":1}%n{\"Pins\":[\"%s\"]}%n".formatted(cid);
            case "/api/v0/repo/stat" -> "{\"RepoSize\":1,\"StorageMax\":2}";
            case "/api/v0/pin/ls" -> "";
            default -> "{}";
        };
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
