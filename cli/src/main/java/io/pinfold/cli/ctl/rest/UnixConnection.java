package io.pinfold.cli.ctl.rest;

import io.pinfold.cli.http.HttpLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request over a socket of the file system, which the JDK's own connections cannot do.
 *
 * <p>Of {@link HttpURLConnection} it does what {@link RestClient} uses: a body in memory goes out, one answer comes in, whole, chunked with
 * trailers, or up to the end of the connection.
 */
final class UnixConnection extends HttpURLConnection {

    private final Path socket;
    private final Map<String, String> fields = new TreeMap<>();
    private final ByteArrayOutputStream outgoing = new ByteArrayOutputStream();
    private @Nullable SocketChannel channel;
    private @Nullable SocketInput input;
    private @Nullable InputStream body;

    /** A connection to {@code socket} for the path and query of {@code url}. */
    UnixConnection(Path socket, URL url) {
        super(url);
        this.socket = socket;
    }

    @Override
    public void connect() throws IOException {
        if (channel == null) {
            SocketChannel opened = SocketChannel.open(java.net.StandardProtocolFamily.UNIX);
            try {
                opened.connect(UnixDomainSocketAddress.of(socket));
            } catch (IOException e) {
                opened.close();
                throw new ConnectException(e.getMessage());
            }
            channel = opened;
        }
    }

    @Override
    public int getResponseCode() throws IOException {
        if (responseCode < 0) {
            connect();
            boolean answered = false;
            try {
                exchange(channel());
                answered = true;
            } finally {
                if (!answered) {
                    disconnect();
                }
            }
        }
        return responseCode;
    }

    private void exchange(SocketChannel open) throws IOException {
        write(open, StandardCharsets.ISO_8859_1.encode(head()));
        write(open, ByteBuffer.wrap(outgoing.toByteArray()));
        SocketInput in = new SocketInput(open, getReadTimeout());
        input = in;
        responseCode = HttpLines.answer(in, fields);
        body = body(in);
    }

    private static void write(SocketChannel open, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            open.write(bytes);
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        getResponseCode();
        return body == null ? InputStream.nullInputStream() : body;
    }

    @Override
    public @Nullable InputStream getErrorStream() {
        return body;
    }

    /** The request's body, which is sent when the answer is asked for. */
    @Override
    public OutputStream getOutputStream() {
        return outgoing;
    }

    @Override
    public @Nullable String getHeaderField(String name) {
        return fields.get(name.toLowerCase(java.util.Locale.ROOT));
    }

    @Override
    public void disconnect() {
        try {
            if (input != null) {
                input.close(); // its selector holds the channel
            }
            if (channel != null) {
                channel.close();
            }
        } catch (IOException _) {
            // it is gone
        }
    }

    @Override
    public boolean usingProxy() {
        return false;
    }

    private SocketChannel channel() throws ConnectException {
        if (channel == null) {
            throw new ConnectException("not connected");
        }
        return channel;
    }

    private String head() {
        StringBuilder head = new StringBuilder(method).append(' ').append(url.getFile()).append(" HTTP/1.1\r\n");
        head.append("Host: localhost\r\n");
        getRequestProperties().forEach((name, values) -> values.forEach(
                value -> head.append(name).append(": ").append(value).append("\r\n")));
        return head.append("Content-Length: ").append(outgoing.size()).append("\r\n\r\n").toString();
    }

    private InputStream body(SocketInput in) throws IOException {
        if (responseCode == HTTP_NO_CONTENT || responseCode == HTTP_NOT_MODIFIED) {
            in.close();
            return InputStream.nullInputStream();
        }
        return HttpLines.body(in, fields);
    }
}
