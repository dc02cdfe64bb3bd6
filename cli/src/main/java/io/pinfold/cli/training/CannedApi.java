package io.pinfold.cli.training;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers like the REST API, always the same. */
final class CannedApi implements AutoCloseable {

    static final String CID = "bafkreifjjcie6lypi6ny7amxnfftagclbuxndqonfipmb64f2km2devei4";

    private static final String PEER = "12D3KooWBSfdK7ypRVYqhqEFt66rWJZFH3GYXxVs7qo3Pmp2Fykk";
    private static final String PEER_JSON = """
            {"id":"%s","addresses":["/ip4/127.0.0.1/tcp/9096"],"cluster_peers":["%s"],"peername":"p","error":"",
            "ipfs":{"id":"%s","addresses":[],"error":""}}""".formatted(PEER, PEER, PEER);
    private static final String PIN = """
            {"cid":"%s","name":"n","type":"pin","mode":"recursive","replication_factor_min":-1,"max_depth":-1,
            "expire_at":"0001-01-01T00:00:00Z","metadata":null,"timestamp":"2026-11-21T10:00:00Z"}""".formatted(CID);
    private static final String STATUS = """
            {"cid":"%s","name":"n","peer_map":{"%s":{"peername":"p","status":"pinned","error":"",
            "timestamp":"2026-11-21T10:00:00Z","attempt_count":0,"priority_pin":true}}}""".formatted(CID, PEER);

    private final ServerSocket socket;

    CannedApi() throws IOException {
        socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    String address() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    private void serve() {
        while (true) {
            try (Socket connection = socket.accept()) {
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
                String request = in.readLine();
                for (String line = request; line != null && !line.isEmpty();) {
                    line = in.readLine();
                }
                answer(connection.getOutputStream(), request == null ? "" : request);
            } catch (IOException _) {
                if (socket.isClosed()) {
                    return;
                }
            }
        }
    }

    private static void answer(OutputStream out, String request) throws IOException {
        String body = body(request.split(" ", -1)[1], request.startsWith("GET"));
        out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTrailer: X-Stream-Error\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + Integer.toHexString(body.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + body
                + "\r\n0\r\nX-Stream-Error: \r\n\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String body(String target, boolean reading) {
        String path = target.split("\\?", -1)[0];
        if (path.startsWith("/pins")) {
            return reading || path.endsWith("/recover") ? STATUS : PIN;
        }
        return switch (path) {
            case "/id", "/peers" -> PEER_JSON;
            case "/version" -> "{\"version\":\"0\"}";
            case "/health/alerts", "/monitor/metrics/ping" -> "[]";
            case "/sync" -> "{\"phase\":\"current\"}";
            default -> PIN;
        };
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
