package io.pinfold.cli.service.ipfs;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A node that gives the answers that it was told to give, over a socket of its own. */
final class CannedNode implements AutoCloseable {

    private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Stream-Error\r\n";

    /** What was asked: the command with its parameters, and the body. */
    record Asked(String target, String body) {}

    private final Path folder;
    private final ServerSocketChannel server;
    private final Map<String, Deque<byte[]>> answers = new ConcurrentHashMap<>();
    private final Map<String, Runnable> hanging = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    CannedNode() {
        try {
            folder = Files.createTempDirectory("pf"); // JUnit's folders may be longer than a socket's path can be
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    Path socket() {
        return folder.resolve("s");
    }

    List<Asked> asked() {
        return asked;
    }

    /** Answers {@code command} with these lines; asked again, with what it is told next, or the same. */
    CannedNode lines(String command, String... lines) {
        return raw(command, HEAD + "\r\n" + chunk(String.join("\n", lines) + "\n") + "0\r\n\r\n");
    }

    /** Answers with these bytes. */
    CannedNode bytes(String command, byte[] bytes) {
        return raw(command, HEAD + "X-Content-Length: " + bytes.length + "\r\n\r\n"
                + chunk(new String(bytes, StandardCharsets.ISO_8859_1)) + "0\r\n\r\n");
    }

    /** Answers with a text, and an error at its end. */
    CannedNode late(String command, String text, String error) {
        return raw(command, HEAD + "\r\n" + chunk(text) + "0\r\nX-Stream-Error: " + error + "\r\n\r\n");
    }

    /** Answers with a text and breaks off. */
    CannedNode cut(String command, String text) {
        return raw(command, HEAD + "\r\n" + chunk(text));
    }

    /** Answers with an error. */
    CannedNode error(String command, String message) {
        String body = "{\"Message\":\"" + message + "\",\"Code\":0,\"Type\":\"error\"}";
        return raw(command,
                "HTTP/1.1 500 Internal Server Error\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Never answers, but does {@code action} when it is asked. */
    CannedNode hang(String command, Runnable action) {
        hanging.put(command, action);
        return this;
    }

    private CannedNode raw(String command, String answer) {
        answers.computeIfAbsent(command, _ -> new ArrayDeque<>()).add(answer.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    private static String chunk(String text) {
        return text.isEmpty() ? "" : Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel connection = server.accept()) {
                serve(connection);
            } catch (IOException _) {
                // the client has gone, or the test has ended
            }
        }
    }

    private void serve(SocketChannel connection) throws IOException {
        InputStream in = new BufferedInputStream(Channels.newInputStream(connection));
        String target = line(in).split(" ", 3)[1].replaceFirst("^/api/v0/", "");
        boolean chunked = false;
        for (String field = line(in); !field.isEmpty(); field = line(in)) {
            chunked |= field.equals("Transfer-Encoding: chunked");
        }
        asked.add(new Asked(target, chunked ? body(in) : ""));
        String command = target.replaceFirst("\\?.*", "");
        if (hanging.containsKey(command)) {
            hanging.get(command).run();
            in.transferTo(OutputStream.nullOutputStream());
            return;
        }
        Deque<byte[]> known = answers.getOrDefault(command, new ArrayDeque<>());
        byte[] answer = known.size() > 1 ? known.remove() : known.peek();
        ByteBuffer left = ByteBuffer.wrap(answer == null ? new byte[0] : answer);
        while (left.hasRemaining()) {
            connection.write(left);
        }
    }

    private static String body(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int size = size(in); size > 0; size = size(in)) {
            all.write(in.readNBytes(size));
            line(in);
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("it broke off");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.delete(socket());
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
