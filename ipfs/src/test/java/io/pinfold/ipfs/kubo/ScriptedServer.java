package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.BackendAddress;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** An HTTP server on loopback that answers with the bytes that a test tells it, good or bad. */
final class ScriptedServer implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private final CountDownLatch hanging = new CountDownLatch(1);
    private volatile Script script;

    /** What the server does with a request. */
    @FunctionalInterface
    interface Script {

        /** Writes the answer; returns when the connection may go on to the next request. */
        void answer(Request request, Wire wire) throws IOException;
    }

    /** A request: its path with the query, its headers as they came, its body. */
    record Request(String target, List<String> headers, String body) {

        boolean is(String command) {
            return target.startsWith("/api/v0/" + command + "?");
        }

        Optional<String> header(String name) {
            String start = name.toLowerCase(java.util.Locale.ROOT) + ":";
            return headers.stream()
                    .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .findFirst();
        }
    }

    ScriptedServer(Script script) {
        this.script = script;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    void script(Script next) {
        script = next;
    }

    BackendAddress.Kubo address() {
        return new BackendAddress.Kubo(false, "127.0.0.1", listener.getLocalPort(), Optional.empty());
    }

    List<Request> requests() {
        return requests;
    }

    /** Waits until the client closed a connection that {@link Wire#hang} holds open. */
    boolean awaitHangUp() throws InterruptedException {
        return hungUp.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits until a script has come to {@link Wire#hang}. */
    boolean awaitHanging() throws InterruptedException {
        return hanging.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
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
        List<String> headers = new CopyOnWriteArrayList<>();
        int length = 0;
        boolean chunked = false;
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            headers.add(line);
            String lower = line.toLowerCase(java.util.Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        }
        byte[] body = chunked ? chunks(in) : in.readNBytes(length);
        return new Request(first.split(" ", -1)[1], headers, new String(body, ISO_8859_1));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            String size = line(in);
            if (size == null) {
                throw new EOFException();
            }
            int length = Integer.parseInt(size, 16);
            all.write(in.readNBytes(length));
            line(in);
            if (length == 0) {
                return all.toByteArray();
            }
        }
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

        /** A whole answer in Kubo's way: a chunk for each line, no error in the trailer. */
        void ok(String... lines) throws IOException {
            begin();
            chunks(lines);
            end("");
        }

        /** An error before the first byte. */
        void error(int status, String message) throws IOException {
            String body = "{\"Message\":\"" + message + "\",\"Code\":0,\"Type\":\"error\"}";
            raw("HTTP/1.1 " + status + " Error\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }

        void begin() throws IOException {
            raw("HTTP/1.1 200 OK\r\nTrailer: X-Stream-Error\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        void chunks(String... lines) throws IOException {
            for (String line : lines) {
                String data = line + "\n";
                raw(Integer.toHexString(data.getBytes(UTF_8).length) + "\r\n" + data + "\r\n");
            }
        }

        /** Ends a chunked body, with an error in the trailer unless it is empty. */
        void end(String error) throws IOException {
            raw("0\r\n" + (error.isEmpty() ? "" : "X-Stream-Error: " + error + "\r\n") + "\r\n");
        }

        void raw(String bytes) throws IOException {
            out.write(bytes.getBytes(UTF_8));
            out.flush();
        }

        /** Closes the connection. */
        void cut() throws IOException {
            socket.close();
        }

        /** Says nothing until the client hangs up. */
        void hang() throws IOException {
            hanging.countDown();
            try {
                while (in.read() >= 0) {
                    // nothing more is expected
                }
            } finally {
                hungUp.countDown();
            }
        }
    }
}
