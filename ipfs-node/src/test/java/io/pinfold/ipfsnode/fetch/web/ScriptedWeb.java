package io.pinfold.ipfsnode.fetch.web;

import io.pinfold.multiformats.Bytes;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** A web server on loopback that answers with the bytes that a test tells it, good or bad. */
final class ScriptedWeb implements AutoCloseable {

    final List<Request> requests = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    final CountDownLatch hanging = new CountDownLatch(1);
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Script script;

    /** What the server does with a request. */
    @FunctionalInterface
    interface Script {
        /** Writes the answer; returns when the connection may go on to the next request. */
        void answer(Request request, Wire wire) throws IOException;
    }

    /** A request. */
    record Request(String method, String target, List<String> headers, Bytes body) {

        boolean has(String header) {
            return headers.stream().anyMatch(line -> line.equalsIgnoreCase(header));
        }
    }

    ScriptedWeb(Script script) {
        this.script = script;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    WebPlace place() {
        return WebPlace.parse("http://127.0.0.1:" + listener.getLocalPort()).orElseThrow();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket; InputStream in = new BufferedInputStream(socket.getInputStream())) {
            for (Request request = read(in); request != null; request = read(in)) {
                requests.add(request);
                script.answer(request, new Wire(socket, in));
            }
        } catch (IOException e) {
            // the client closed the connection, or the script did
        }
    }

    private static @Nullable Request read(InputStream in) throws IOException {
        String first = line(in);
        if (first == null) {
            return null;
        }
        List<String> headers = new ArrayList<>();
        int length = 0;
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            headers.add(line);
            String lower = line.toLowerCase(Locale.ROOT);
            length = lower.startsWith("content-length:") ? Integer.parseInt(lower.substring(15).strip()) : length;
        }
        String[] words = first.split(" ", -1);
        return new Request(words[0], words[1], headers, Bytes.copyOf(in.readNBytes(length)));
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return line.toString(ISO_8859_1).stripTrailing();
            }
            line.write(c);
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** The way back to the client. */
    final class Wire {

        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        private Wire(Socket socket, InputStream in) throws IOException {
            this.socket = socket;
            this.in = in;
            this.out = socket.getOutputStream();
        }

        void ok(String type, Bytes body) throws IOException {
            raw("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + body.size() + "\r\n\r\n");
            raw(body);
        }

        void ok(String type, String body) throws IOException {
            ok(type, Bytes.copyOf(body.getBytes(UTF_8)));
        }

        void status(int status) throws IOException {
            raw("HTTP/1.1 " + status + " Said So\r\nContent-Length: 0\r\n\r\n");
        }

        void redirect(String location) throws IOException {
            raw("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
        }

        /** Begins an answer without an end. */
        void begin(String type) throws IOException {
            raw("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nConnection: close\r\n\r\n");
        }

        void raw(String text) throws IOException {
            raw(Bytes.copyOf(text.getBytes(ISO_8859_1)));
        }

        void raw(Bytes bytes) throws IOException {
            out.write(bytes.toArray());
            out.flush();
        }

        void cut() throws IOException {
            socket.close();
        }

        /** Says nothing until the client hangs up. */
        void hang() throws IOException {
            hanging.countDown();
            while (in.read() >= 0) {
                // nothing more is expected
            }
        }
    }
}
