package io.pinfold.api.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A request and the way to answer it, once: whole by {@link #answer}, or in chunks by {@link #open}. Belongs to the
 * connection's thread.
 */
public final class Exchange {

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CRLF = {'\r', '\n'};

    private final Head head;
    private final BodyInput body;
    private final OutputStream out;
    private boolean continued;
    private boolean closes;
    private boolean answered;

    Exchange(Head head, BodyInput body, OutputStream out) {
        this.head = head;
        this.body = body;
        this.out = out;
        this.closes = head.closes();
    }

    /** The request's head. */
    public Head head() {
        return head;
    }

    /** The request's body; its reads throw {@link BadRequestException} where it is malformed. */
    public InputStream body() throws IOException {
        if (head.awaitsContinue() && !continued && !answered && !body.isEnded()) {
            continued = true;
            out.write(CONTINUE);
            out.flush();
        }
        return body;
    }

    /** Answers with a whole body, which may be empty. */
    public void answer(int status, Map<String, String> headers, byte[] content) throws IOException {
        boolean bodiless = status == 204 || status == 304;
        head(status, headers, bodiless ? "" : "Content-Length: " + content.length + "\r\n");
        if (!bodiless && !head.method().equals("HEAD")) {
            out.write(content);
        }
        out.flush();
    }

    /** Answers with a body of unknown length; what {@code close} of the stream gets as trailers must be announced. */
    public ChunkedOutput open(int status, Map<String, String> headers) throws IOException {
        return open(status, headers, OptionalLong.empty());
    }

    /** The same with a length that may be known; whoever writes less then has to cut the connection. */
    public ChunkedOutput open(int status, Map<String, String> headers, OptionalLong length) throws IOException {
        if (length.isPresent()) {
            head(status, headers, "Content-Length: " + length.getAsLong() + "\r\n");
            return new ChunkedOutput(out, false);
        }
        closes |= head.http10(); // it cannot tell the end otherwise
        head(status, headers, head.http10() ? "" : "Transfer-Encoding: chunked\r\n");
        return new ChunkedOutput(out, !head.http10());
    }

    /** Whether an answer was begun. */
    public boolean isAnswered() {
        return answered;
    }

    /** Whether the connection is to be closed now. */
    boolean isLast() {
        return closes;
    }

    private void head(int status, Map<String, String> headers, String length) throws IOException {
        if (answered) {
            throw new IllegalStateException("answered twice");
        }
        answered = true;
        closes |= !body.isEnded(); // what is left of the body would be taken for the next request
        StringBuilder text = new StringBuilder(256).append("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(Reasons.of(status))
                .append("\r\nDate: ")
                .append(DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)))
                .append("\r\n");
        headers.forEach((name, value) -> text.append(name).append(": ").append(oneLine(value)).append("\r\n"));
        text.append(closes ? "Connection: close\r\n" : "").append(length);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 2);
        bytes.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(CRLF);
        bytes.writeTo(out);
    }

    /** The text as it may stand in a header or trailer: visible ASCII, everything else replaced. */
    static String oneLine(String text) {
        boolean visible = text.chars().allMatch(c -> c >= ' ' && c <= '~');
        return visible ? text : text.replaceAll("[^ -~]", "?");
    }
}
