package io.pinfold.ipfs.kubo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Takes one answer from the wire: the status, then the body, then the trailer {@code X-Stream-Error}, where Kubo says
 * after a status of 200 that the command failed after all.
 */
final class KuboAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STREAM_ERROR = "X-Stream-Error";
    private static final int MAX_ERROR = 64 * 1024;

    private KuboAnswer() {}

    static <T> RpcResult<T> receive(CloseableHttpClient client, HttpHost host, HttpPost request,
            AnswerBody.Reader<T> reader, Pulse pulse) throws IOException {
        try (ClassicHttpResponse response = client.executeOpen(host, request, null)) {
            pulse.answered();
            pulse.beat();
            boolean whole = false;
            try {
                RpcResult<T> result = read(response, reader, pulse);
                whole = true;
                return result;
            } finally {
                if (!whole) {
                    request.abort(); // closing alone would read to the end of the answer, which may never come
                }
            }
        }
    }

    private static <T> RpcResult<T> read(ClassicHttpResponse response, AnswerBody.Reader<T> reader, Pulse pulse)
            throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new RpcResult.Refused<>(new KuboError(response.getCode(), "an answer without a body"));
        }
        InputStream stream = entity.getContent();
        if (response.getCode() != 200) {
            return refused(response.getCode(), stream);
        }
        Supplier<List<? extends Header>> trailers = entity.getTrailers();
        Header announced = response.getFirstHeader("Trailer");
        boolean announces = announced != null && STREAM_ERROR.equalsIgnoreCase(announced.getValue());
        T value = reader.read(new AnswerBody(stream, announces, pulse));
        if (stream.read() >= 0) {
            throw new BrokenAnswerException("more than was asked for");
        }
        String error = streamError(trailers);
        return error == null ? new RpcResult.Ok<>(value) : new RpcResult.Refused<>(new KuboError(200, error));
    }

    private static <T> RpcResult<T> refused(int status, InputStream stream) throws IOException {
        byte[] body = stream.readNBytes(MAX_ERROR);
        if (stream.read() >= 0) {
            throw new BrokenAnswerException("HTTP status " + status + " with more than " + MAX_ERROR + " bytes");
        }
        return new RpcResult.Refused<>(new KuboError(status, message(body)));
    }

    private static @Nullable String streamError(@Nullable Supplier<List<? extends Header>> trailers) {
        List<? extends Header> headers = trailers == null ? null : trailers.get();
        if (headers == null) {
            return null;
        }
        for (Header header : headers) {
            if (STREAM_ERROR.equalsIgnoreCase(header.getName())) {
                return header.getValue() == null ? "" : header.getValue();
            }
        }
        return null;
    }

    /** The message of Kubo's JSON error, or the beginning of whatever else it is. */
    private static String message(byte[] body) {
        try {
            JsonNode message = JSON.readTree(body).get("Message");
            if (message != null && message.isString()) {
                return message.asString();
            }
        } catch (JacksonException e) {
            // plain text, from Kubo's HTTP layer or from something before it
        }
        return new String(body, StandardCharsets.UTF_8).strip();
    }
}
