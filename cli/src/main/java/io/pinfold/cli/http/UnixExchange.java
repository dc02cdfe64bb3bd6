package io.pinfold.cli.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One {@code POST} over a socket of the file system: its body goes out while its answer comes in, so neither end waits for the other.
 *
 * <p>Used by one thread; {@link #abort} may come from any and ends it at once.
 */
public final class UnixExchange implements AutoCloseable {

    private static final Duration WRITER_END = Duration.ofSeconds(1);

    private final SocketChannel channel;
    private final Map<String, String> fields = new TreeMap<>();
    private @Nullable Thread writer;
    private volatile @Nullable IOException unsent;

    /**
     * An answer of which the head has come.
     *
     * @param status its code
     * @param fields its header, names in small letters, and its trailers too once {@code body} has ended
     * @param body ends where the answer does; an answer that was cut off is an error
     */
    public record Answer(int status, Map<String, String> fields, InputStream body) {}

    private UnixExchange(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects to {@code socket}. */
    public static UnixExchange open(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new UnixExchange(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Sends the request and waits for the head of the answer, while {@code body} is still going out. */
    public Answer post(String target, Optional<? extends RequestBody> body) throws IOException {
        OutputStream out = new ChannelOutput(channel);
        out.write(head(target, body).getBytes(StandardCharsets.US_ASCII));
        body.ifPresent(content -> writer = Thread.ofVirtual().name("request body").start(() -> send(content, out)));
        try {
            InputStream in = new ChannelInput(channel);
            int code = HttpLines.answer(in, fields);
            return new Answer(code, fields, HttpLines.body(in, fields));
        } catch (IOException e) {
            throw reason(e);
        }
    }

    /** Why it broke: that what was to be sent could not be read, or else {@code seen}. */
    public IOException reason(IOException seen) {
        IOException own = unsent;
        return own instanceof RequestBody.UnreadableException ? own : seen;
    }

    private static String head(String target, Optional<? extends RequestBody> body) {
        return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + body.map(it -> "Content-Type: " + it.contentType() + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .orElse("Content-Length: 0\r\n\r\n");
    }

    /** A body that cannot be read to its end takes the connection down; else the peer would wait for the rest. */
    private void send(RequestBody body, OutputStream out) {
        try {
            ChunkedOutput chunks = new ChunkedOutput(out);
            body.writeTo(chunks);
            chunks.end();
        } catch (RequestBody.UnreadableException e) {
            unsent = e;
            abort();
        } catch (IOException e) {
            unsent = e; // the peer wants no more of it, and its answer says why
        }
    }

    /** Ends it; returns when its threads have ended, but for one that waits for what a person types. */
    @Override
    public void close() {
        abort();
        Thread sending = writer;
        if (sending != null) {
            sending.interrupt();
            try {
                sending.join(WRITER_END);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Closes the connection; whoever waits for it gets an error. */
    public void abort() {
        try {
            channel.close();
        } catch (IOException _) {
            // it is gone
        }
    }
}
