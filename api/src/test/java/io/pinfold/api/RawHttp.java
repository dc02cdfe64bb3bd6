package io.pinfold.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sends bytes to an HTTP server and shows what came back until the connection ended. */
public record RawHttp(InetSocketAddress server) {

    private static final int PATIENCE_MILLIS = 15_000;

    /** What came back; header names in lower case, trailers apart, the body without its chunks. */
    public record Answer(int status, Map<String, String> headers, String body, Map<String, String> trailers) {

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** A request without a body; extra header lines as they are to be sent. */
    public Answer ask(String method, String target, String... headers) throws IOException {
        return send(method, target, "", headers);
    }

    /** A request with a body. */
    public Answer send(String method, String target, String body, String... headers) throws IOException {
        boolean hosted = Arrays.stream(headers).anyMatch(line -> line.startsWith("Host:"));
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nConnection: close\r\n");
        request.append(hosted ? "" : "Host: 127.0.0.1\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        request.append(body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n");
        return parse(exchange(request + "\r\n" + body));
    }

    /** Sends the text as it is and returns all that comes back. */
    public byte[] exchange(String sent) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(server);
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            } catch (IOException _) {
                // the server may answer and close before it has read everything
            }
            return readAll(socket.getInputStream());
        }
    }

    private static byte[] readAll(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[8192];
        try {
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                all.write(some, 0, n);
            }
        } catch (SocketException e) {
            if (all.size() == 0) { // a reset after the answer is an end too
                throw e;
            }
        }
        return all.toByteArray();
    }

    /** Takes an answer apart. */
    public static Answer parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int headEnd = text.indexOf("\r\n\r\n");
        if (headEnd < 0) {
            throw new IllegalStateException("not an HTTP answer: <" + text + ">");
        }
        String[] head = text.substring(0, headEnd).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        Arrays.stream(head).skip(1).forEach(line -> field(headers, line));
        int status = Integer.parseInt(head[0].substring(9, 12));
        String rest = text.substring(headEnd + 4);
        Map<String, String> trailers = new TreeMap<>();
        String body = "chunked".equals(headers.get("transfer-encoding")) ? chunks(rest, trailers) : rest;
        return new Answer(status, headers, new String(body.getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.UTF_8), trailers);
    }

    private static String chunks(String rest, Map<String, String> trailers) {
        StringBuilder body = new StringBuilder();
        int at = 0;
        while (true) {
            int lineEnd = rest.indexOf("\r\n", at);
            if (lineEnd < 0) {
                throw new IllegalStateException("the chunks end early after " + body.length() + " characters");
            }
            int size = Integer.parseInt(rest.substring(at, lineEnd), 16);
            at = lineEnd + 2;
            if (size == 0) {
                rest.substring(at).lines().filter(line -> !line.isEmpty()).forEach(line -> field(trailers, line));
                return body.toString();
            }
            body.append(rest, at, at + size);
            at += size + 2;
        }
    }

    private static void field(Map<String, String> fields, String line) {
        int colon = line.indexOf(':');
        fields.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
}
